"""The portal's addresses and, beside them, the floor's and the peers'."""

from django.urls import include, path

from bench.piso import piso

urlpatterns = [
    path("bench/piso/", piso),
    path("bench/", include("bench.pares.urls")),
    path("", include("ceo_portal.urls")),
]
