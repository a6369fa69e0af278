"""Everything that tests Ringmaster from outside."""
