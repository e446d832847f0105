"""The archive's migrations; they run by themselves when an archive is opened."""
