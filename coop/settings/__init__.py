"""Settings: one base, thin overlays. Production is the default; development is asked for."""
