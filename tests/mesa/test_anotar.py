"""Internal notes (F6)."""

import pytest
from django.urls import reverse

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import campos, errores, palabras

pytestmark = pytest.mark.django_db


def anotar(navegador, gestion, texto):
    """Write a note in the form of the page, which carries its ficha, and press its button."""
    ficha = campos(navegador.get(reverse("revision", args=[gestion.numero])))["ficha"]
    return navegador.post(reverse("anotar", args=[gestion.numero]), {"texto": texto, "ficha": ficha})


def test_la_misma_nota_enviada_dos_veces_es_una(mesa, tomada, pagina):
    """S13."""
    dicho = {"texto": "Llamé.", "ficha": campos(mesa.get(pagina("revision", tomada)))["ficha"]}
    for _ in range(2):
        assert mesa.post(pagina("anotar", tomada), dicho).status_code == 302
    assert tomada.notas.count() == 1


def test_una_nota_queda_con_su_fecha_tambien_despues_de_admitir(mesa, analista, tomada, pagina):
    """F6: notes with date, after admission too."""
    escenas.observar_en(tomada, analista, {}, {})
    version = type(tomada).objects.get(pk=tomada.pk).version
    mesa.post(pagina("admitir", tomada), {"version": version})
    nota = anotar(mesa, tomada, "Llamó para preguntar.")
    assert nota.status_code == 302
    assert "Llamó para preguntar." in palabras(mesa.get(pagina("revision", tomada)))
    assert errores(anotar(mesa, tomada, "  ")) == ["Escriba la nota."]
