"""From an API to the text of its package. Nothing here has heard of OpenAPI."""
