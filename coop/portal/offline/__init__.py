"""What a member's phone can do without signal: keep her work, and tell the house later."""
