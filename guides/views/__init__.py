"""What readers see of the guides. Everything here is public but the saving of ticks."""
