# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The version of this package."""

__version__ = "1.0.0"
