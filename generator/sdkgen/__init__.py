"""Reads an OpenAPI document and writes the Python SDK of that API."""

__version__ = "0.1.0"
