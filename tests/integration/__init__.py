"""The real server binary, met by phones and event-socket clients over the loopback.

Run with `python3 -m unittest discover -s tests/integration -t .` in the checkout. The binary is
RINGMASTER_BINARY, else build/dev/ringmaster, else build/release/ringmaster.
"""
