"""Originals: what may be kept, how they are kept and handed out, byte for byte.

Nothing is imported here: `inspect` runs in a child process that knows no Django.
"""
