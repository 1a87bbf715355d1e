"""How a guide leaves the site: as a picture on a forwarded card, a code to scan, a description."""
