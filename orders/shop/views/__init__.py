"""Pages of the shop for visitors and buyers."""
