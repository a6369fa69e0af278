"""The structure check: rules on the shape of the source tree, each in a module of its own."""
