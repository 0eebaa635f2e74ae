"""A permanent refusal ends at once and tells the office; what may heal is tried again (RFC 5321, 3463)."""

import pytest

from bitacora.models import Evento
from notificaciones.models import Correo
from notificaciones.tareas import despachar_correos
from tests.fabricas import CorreoFactory
from tests.tramites import escenas
from tramites.eventos import TipoEvento

pytestmark = pytest.mark.django_db


def tras_el_rechazo(smtp, orden: str, respuesta: str) -> Correo:
    smtp.rechazos = {orden: respuesta}
    correo = CorreoFactory()
    despachar_correos()
    correo.refresh_from_db()
    assert smtp.recibidos == []
    return correo


@pytest.mark.parametrize(
    "respuesta",
    [
        "550 no existe ese buzon",
        "550 5.1.1 user unknown",
        "551 user not local",
        "552 5.2.2 mailbox full",
        "553 5.1.3 bad address syntax",
        "554 rechazado",
        "521 5.2.1 disabled",
        "556 5.1.10 null MX",
    ],
)
def test_un_destinatario_rechazado_para_siempre_termina_al_primer_intento(smtp, respuesta):
    correo = tras_el_rechazo(smtp, "RCPT", respuesta)
    assert (correo.estado, correo.intentos) == ("fallido", 1)
    assert respuesta[:3] in correo.ultimo_error


@pytest.mark.parametrize(
    ("orden", "respuesta"),
    [
        ("RCPT", "450 4.2.1 intente luego"),
        ("RCPT", "451 lista gris"),
        ("RCPT", "452 4.2.2 lleno por ahora"),
        ("RCPT", "530 5.7.0 identifiquese"),
        ("RCPT", "503 orden fuera de lugar"),
        ("RCPT", "554 5.7.1 relay access denied"),
        ("RCPT", "550 relaying not permitted"),
        ("RCPT", "550 5.1.7 direccion del remitente mal escrita"),
        ("RCPT", "550 5.1.8 remitente desconocido"),
        ("MAIL", "550 5.1.8 remitente desconocido"),
        ("MAIL", "553 5.7.1 no es su direccion"),
        ("DATA", "554 5.7.1 parece basura"),
        ("DATA", "552 5.3.4 muy grande"),
    ],
)
def test_lo_que_puede_sanar_o_es_de_la_oficina_espera_su_turno(smtp, orden, respuesta):
    """A 5xx to the portal itself is for the office to mend: no person's mail is given up for it."""
    correo = tras_el_rechazo(smtp, orden, respuesta)
    assert (correo.estado, correo.intentos) == ("pendiente", 1)


def test_tras_el_mensaje_solo_termina_lo_que_dice_que_no_existe(smtp):
    """Some servers look for the mailbox once they have it all."""
    assert tras_el_rechazo(smtp, "DATA", "550 5.1.1 no existe").estado == "fallido"


@pytest.mark.parametrize("direccion", ["sin-arroba", "dos@@demo.gt", "a b@demo.gt", "x@"])
def test_una_direccion_imposible_no_se_intenta_doce_veces(smtp, direccion):
    """No server is asked for what no mail can bear."""
    correo = CorreoFactory(destinatario=None, para=direccion)
    despachar_correos()
    correo.refresh_from_db()
    assert (correo.estado, correo.intentos, smtp.recibidos) == ("fallido", 1, [])


def test_la_oficina_lo_sabe_en_el_acto(smtp):
    """matriz.md §7 `aviso_fallido`: whoever has the Gestión calls the person that very day."""
    smtp.rechazos = {"RCPT": "550 5.1.1 no existe"}
    gestion = escenas.observada(escenas.titular())
    despachar_correos()
    assert Evento.objects.filter(gestion=gestion.numero, tipo=TipoEvento.AVISO_FALLIDO).exists()
