"""The letter: its sections beside the records, what does not fit, and the text to send.

`mentions`, `phrases` and `checks` know no Django: plain values in, codes and values out.
"""
