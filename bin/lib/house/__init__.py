"""What `bin/serve` and `bin/test` share: only the standard library, so that it runs first."""
