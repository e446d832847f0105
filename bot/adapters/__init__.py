"""The doors to the outside: each library that talks to the world is imported in one of them."""
