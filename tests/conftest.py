"""What holds for every test of the suite."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No test asserts a time (`make bench` measures), and the machine that runs the suite may do other work: how long an
# example takes to draw or to run says nothing about it.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
