"""A view that keeps what it is sent, as a tutorial would: no inspection, nothing on record."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse


@login_required
def copia(request: HttpRequest) -> HttpResponse:
    """Copy the file, piece by piece, under a name of its own."""
    ruta = Path(settings.RUTA_VAR, f"copia-{uuid.uuid4()}")
    with ruta.open("wb") as destino:
        for trozo in request.FILES["archivo"].chunks():
            destino.write(trozo)
    ruta.unlink()
    return HttpResponse("1")
