"""The runtime of generated SDKs."""
