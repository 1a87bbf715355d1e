"""What the pages of a case say, made from its assessment."""
