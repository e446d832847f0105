"""What holds for the whole suite."""

from hypothesis import settings

# a busy machine is no failure: what must be fast is held to it in tests/benchmarks
settings.register_profile("suite", settings.default, deadline=None)
settings.load_profile("suite")
