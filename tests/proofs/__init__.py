"""Long proofs against the release build: what `kill -9` costs, what hours of calls leave behind."""
