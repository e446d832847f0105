"""The door in front of a real llama.cpp server and a real model, which is small and talks nonsense."""
