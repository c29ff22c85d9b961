"""The cooperative's rules, as tests. Mirrors the apps; `harness` holds what they stand on."""
