# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The resources, a noun a module."""
