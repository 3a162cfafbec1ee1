"""What every unit test shares: hypothesis does not watch the clock, since a slow machine is no defect."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
