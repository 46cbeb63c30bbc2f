"""What an SDK is: values that know nothing of OpenAPI and hold no Python text.

Between a document and a package there is this: `api` says what a client offers, `types`
what its values are. Everything is frozen, so that no stage can change what another decided.
"""
