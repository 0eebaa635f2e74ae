"""«¿Me corresponde?»: what it advises, and that it leaves nothing behind."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from previsión.pensiones.jubilacion.orientacion import aconsejar, cumple
from tests.tramites.ciudadano.lectura import campos, palabras

HOY = date(2026, 11, 28)
DIRECCION = "/tramites/jubilacion/orientacion/"
RESPUESTAS = {"fecha_nacimiento": "14/03/1968", "anios": "12", "ya_recibe": "NO"}


@pytest.mark.parametrize(
    ("nacimiento", "anios", "recibe", "frase"),
    [
        (date(1976, 11, 28), 10, "NO", "Puede corresponderle: cincuenta años de edad y diez de servicio."),
        (
            date(1976, 11, 29),
            10,
            "NO",
            "Cumple el tiempo. Podrá pedirla al cumplir cincuenta años, el 29-11-2026.",
        ),
        (date(1980, 1, 1), 9, "NO", "Le falta 1 año de servicio. Vea si puede contribuir voluntariamente."),
        (
            date(1950, 1, 1),
            0,
            "NO",
            "Le faltan 10 años de servicio. Vea si puede contribuir voluntariamente.",
        ),
        (date(1996, 11, 28), 20, "NO", "Puede corresponderle: veinte años de servicio o más."),
        (
            date(1977, 2, 28),
            12,
            "NO",
            "Cumple el tiempo. Podrá pedirla al cumplir cincuenta años, el 28-02-2027.",
        ),
        (date(1960, 1, 1), 30, "SI", "Si volvió a laborar y ya cesó, vea Revisión a la Jubilación."),
    ],
)
def test_cada_respuesta_da_su_consejo(nacimiento, anios, recibe, frase):
    """JU3: fifty today, the day before, one year missing, twenty at thirty."""
    valores = {"fecha_nacimiento": nacimiento, "anios": anios, "ya_recibe": recibe}
    assert [consejo.frase for consejo in aconsejar(valores, HOY)] == [frase]


@pytest.mark.parametrize(
    ("nacimiento", "dia"),
    [
        (date(1976, 2, 29), date(2026, 3, 1)),
        (date(1978, 2, 29 - 1), date(2028, 2, 28)),
        (date(1976, 12, 31), date(2026, 12, 31)),
    ],
)
def test_quien_nacio_un_29_de_febrero_cumple_el_1_de_marzo(nacimiento, dia):
    """JU3: in a year without that day."""
    assert cumple(nacimiento, 50) == dia


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"anios": "71"}, "Escriba los años con números, de 0 a 70."),
        ({"anios": "-1"}, "Escriba los años con números, de 0 a 70."),
        ({"anios": "diez"}, "Escriba los años con números, de 0 a 70."),
        ({"anios": ""}, "Escriba los años con números, de 0 a 70."),
        ({"fecha_nacimiento": "01/01/2100"}, "Esa fecha de nacimiento no puede ser futura. Revísela."),
        ({"fecha_nacimiento": ""}, "Escriba su fecha de nacimiento."),
        ({"ya_recibe": ""}, "Responda SI o NO a esta pregunta."),
    ],
)
def test_lo_mal_escrito_se_dice_y_no_se_pierde(client, cambios, mensaje):
    """JU3, FA3: beside the field, and what was typed stays."""
    respuesta = client.post(DIRECCION, RESPUESTAS | cambios)
    assert mensaje in palabras(respuesta)
    assert (campos(respuesta)["fecha_nacimiento"] or "") == (RESPUESTAS | cambios)["fecha_nacimiento"]
    assert "Esto no es una decisión" not in palabras(respuesta)


@pytest.mark.django_db
def test_orientar_no_deja_fila_evento_ni_cookie(client, caplog):
    """JU7, MO10: in public, for whoever asks; the advice comes in the answer to the same POST."""
    antes = {modelo: modelo._default_manager.count() for modelo in apps.get_models()}
    client.get(DIRECCION)
    respuesta = client.post(DIRECCION, RESPUESTAS)
    assert respuesta.status_code == 200
    assert "Puede corresponderle: cincuenta años de edad y diez de servicio." in palabras(respuesta)
    assert "Esto no es una decisión. ONSEC decide con sus documentos." in palabras(respuesta)
    assert "no-store" in respuesta["Cache-Control"]
    assert not client.cookies
    assert {modelo: modelo._default_manager.count() for modelo in apps.get_models()} == antes
    assert "1968" not in caplog.text


@pytest.mark.django_db
def test_con_sesion_propone_la_fecha_de_la_cuenta_y_lleva_a_la_solicitud(cliente, titular):
    """MO10: what the account knows is not asked again; nobody has to go through it."""
    titular.fecha_nacimiento = date(1970, 5, 3)
    titular.save()
    respuesta = cliente.get(DIRECCION)
    assert campos(respuesta)["fecha_nacimiento"] == "03/05/1970"
    assert f'href="{reverse("derecho", args=["jubilacion"])}"' in respuesta.content.decode()
    ventana = cliente.get(reverse("derecho", args=["jubilacion"]))
    assert "¿Me corresponde? Responda unas preguntas" in palabras(ventana)


@pytest.mark.django_db
@pytest.mark.parametrize("clave", ["invalidez", "no-existe"])
def test_donde_no_hay_orientacion_no_hay_pagina(client, clave):
    """MO10."""
    assert client.get(f"/tramites/{clave}/orientacion/").status_code == 404


@pytest.mark.django_db
def test_lo_que_no_se_publica_no_se_enlaza(client, settings):
    """MO10, MO16: the advice is said; its link waits until the other procedure is published."""
    respuesta = client.post(DIRECCION, RESPUESTAS | {"ya_recibe": "SI"})
    assert "vea Revisión a la Jubilación" in palabras(respuesta)
    assert "revision-jubilacion" not in respuesta.content.decode()
    settings.TRAMITES_PUBLICADOS = ["invalidez"]
    assert client.get(DIRECCION).status_code == 404


@pytest.mark.django_db
def test_orientar_tiene_su_limite_de_ritmo(client, settings):
    """MO10: as `verificar`."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"orientar": "2/5m/ip"}
    assert [client.post(DIRECCION, RESPUESTAS).status_code for _ in range(3)] == [200, 200, 429]


def test_hoy_se_cumple_hoy():
    """JU3: whoever turns fifty today may ask for it today."""
    hoy = timezone.localdate()
    valores = {"fecha_nacimiento": cumple(hoy, -50), "anios": 10, "ya_recibe": "NO"}
    assert aconsejar(valores, hoy)[0].frase.startswith("Puede corresponderle")
