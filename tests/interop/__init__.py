"""The real server with programs of others: telephones, Wireshark's dissectors, a router.

Run with `python3 -m unittest discover -s tests/interop -t .` in the checkout, after
`tools/setup --all`. The binary is found as in tests/integration.
"""
