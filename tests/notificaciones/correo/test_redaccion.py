"""The words of every mail, and what none of them may carry."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.mail import BadHeaderError

from bitacora.models import Evento
from cuentas.eventos import TipoEvento as DeCuenta
from notificaciones.avisos.tabla import AVISOS
from notificaciones.correo.adaptador import CORREOS, AdaptadorCuentas
from notificaciones.correo.redaccion import en_una_linea, redactar
from notificaciones.correo.salida import depositar
from notificaciones.models import Correo
from tests.fabricas import CiudadanoFactory, CorreoFactory, GestionFactory, PersonalFactory
from tramites.eventos import TipoEvento as DeTramite
from tramites.models import Previo

pytestmark = pytest.mark.django_db

AHORA = datetime(2026, 6, 12, 0, 30, tzinfo=UTC)  # in Guatemala, 11-06-2026 18:30
NO_LLAME = "Si no fue usted, llame a ONSEC de inmediato."
# The manual's own sentence (D1): the only one that names the pension.
PREVIO_DICE = (
    "Se le informa que en la verificación de datos y documentos de la solicitud de Pensión Civil por "
    "Invalidez se ha encontrado algo por corregir."
)

HASTA = {"dias": 7, "archivar_el": "2026-12-12"}
FOLIO = {"folio": "D-12", "fecha": "2026-07-01"}
G = "Gestión No. {n}: "

# mensajes.md §8: event, its data, subject and first sentence of each mail.
DE_ACTOS = [
    (DeCuenta.CUENTA_VERIFICADA, {}, "Su cuenta del portal CEO está lista", "Ya puede ingresar."),
    (
        DeCuenta.CLAVE_CAMBIADA,
        {},
        "Cambió la contraseña de su cuenta",
        "Si no fue usted, recupere su cuenta ahora y llame a ONSEC.",
    ),
    (
        DeCuenta.CORREO_CAMBIADO,
        {},
        "Este es el nuevo correo de su cuenta",
        "Los avisos de ONSEC llegarán aquí.",
    ),
    (
        DeCuenta.SEGUNDO_FACTOR_CAMBIADO,
        {"cuenta": "titular"},
        "Cambió la verificación en dos pasos de su cuenta",
        NO_LLAME,
    ),
    (
        DeTramite.SOLICITUD_DATOS,
        FOLIO,
        "Recibimos su solicitud sobre sus datos, folio D-12",
        "Le responderemos antes del 01-07-2026.",
    ),
    (
        DeCuenta.RESPUESTA_DATOS,
        FOLIO | {"persona": "titular"},
        "Respuesta a su solicitud, folio D-12",
        "Ingrese al portal para leerla.",
    ),
    (
        DeTramite.ENVIADA,
        {},
        G + "recibida",
        "Recibimos su Gestión el 11-06-2026 a las 18:30. No tiene que hacer nada.",
    ),
    (
        DeTramite.PREVIO_EMITIDO,
        {"ronda": 1, "justificados": []},
        G + "Solicitud con observaciones",
        PREVIO_DICE,
    ),
    (DeTramite.REENVIADA, {}, G + "recibimos su corrección", "La revisaremos y le avisaremos."),
    (
        DeTramite.ADMITIDA,
        {},
        G + "Expediente Admitido",
        "Sus documentos cumplen los requisitos. Descargue la constancia.",
    ),
    (
        DeTramite.AVISO_DE_ARCHIVADO,
        HASTA | {"quedan": 7, "estado": "OBSERVADA"},
        G + "le quedan 7 días para actuar",
        "Corrija y envíe antes del 12-12-2026.",
    ),
    (
        DeTramite.AVISO_DE_ARCHIVADO,
        HASTA | {"quedan": 90, "estado": "CREACION"},
        G + "le quedan 90 días para actuar",
        "Complete y envíe antes del 12-12-2026.",
    ),
    (
        DeTramite.AVISO_DE_ARCHIVADO,
        HASTA | {"quedan": 1, "estado": "OBSERVADA"},
        G + "mañana es el último día para actuar",
        "Si no actúa, se archivará el 12-12-2026.",
    ),
    (
        DeTramite.ARCHIVADA,
        {"causa": "plazo"},
        G + "archivada",
        "Pasaron seis meses sin que usted actuara. Puede pedir que se reabra.",
    ),
    (
        DeTramite.ARCHIVADA,
        {"causa": "desistimiento"},
        G + "usted desistió",
        "La archivamos como usted pidió.",
    ),
    (DeTramite.DESARCHIVADA, {}, G + "reabierta", "Puede actuar hasta el 11-12-2026."),
    (
        DeTramite.ARCHIVO_INFECTADO,
        {},
        G + "un archivo no se pudo recibir",
        "Ingrese al portal para ver cuál y cargar otro.",
    ),
]
INTENTO = "Intento de crear una cuenta"
DE_CUENTAS = {
    "account/email/email_confirmation_signup": (
        "Confirme su correo en el portal CEO",
        "Presione el enlace y luego «Confirmar».",
    ),
    "account/email/email_confirmation": (
        "Confirme su correo en el portal CEO",
        "Presione el enlace y luego «Confirmar».",
    ),
    "account/email/password_reset_key": (
        "Recupere su contraseña",
        "El enlace sirve una hora y una sola vez.",
    ),
    "account/email/email_changed": ("Cambió el correo de su cuenta", NO_LLAME),
    "account/email/account_already_exists": (
        INTENTO,
        "Alguien intentó crear una cuenta con sus datos. Si fue usted, ingrese o recupere su contraseña.",
    ),
    "cuentas/correo/confirmar_registro": (
        "Confirme su correo en el portal CEO",
        "Presione el enlace y luego «Confirmar».",
    ),
    "cuentas/correo/intento_registro": (
        INTENTO,
        "Alguien intentó crear una cuenta con sus datos. Si fue usted, ingrese o recupere su contraseña.",
    ),
    "cuentas/correo/invitacion": (
        "Elija su contraseña del portal CEO",
        "Usted tiene una cuenta de personal en el portal CEO de ONSEC.",
    ),
    "cuentas/correo/registro_no_posible": (
        INTENTO,
        "Recibimos su solicitud, pero no pudimos crear la cuenta. Llame a ONSEC al 2321-4800.",
    ),
}
ENLACES = {
    "activate_url": "http://malo.example/cuenta/confirmar/abc:1/",
    "password_reset_url": "http://malo.example/cuenta/recuperar/clave/1-abc/",
}


def correo_del_acto(tipo, datos):
    gestion = GestionFactory(estado="RECIBIDA", recibida_en=AHORA, archivar_el=date(2026, 12, 12))
    titular = gestion.solicitante
    if tipo == DeTramite.PREVIO_EMITIDO:
        previo = Previo.objects.create(
            gestion=gestion, ronda=1, motivo="M", emitido_en=AHORA, emitido_por=PersonalFactory()
        )
        previo.casos.create(renglon=1, texto="FALTA FIRMAR.")
    datos = {clave: titular.pk if valor == "titular" else valor for clave, valor in datos.items()}
    numero = gestion.numero if tipo in DeTramite.values else None
    Evento.objects.registrar(tipo, actor=titular, gestion=numero, ahora=AHORA, datos=datos)
    return gestion, redactar(Correo.objects.get())


def correo_de_cuenta(prefijo):
    AdaptadorCuentas().send_mail(prefijo, "ciudadana9@demo.gt", dict(ENLACES))
    return redactar(Correo.objects.get())


def html(mail):
    return mail.alternatives[0].content


def cuerpo(mail):
    return mail.body.partition("Estimado (a) usuario (a):")[2].strip()


def todos():
    """Every mail there is, one by one."""
    for tipo, datos, *_ in DE_ACTOS:
        yield correo_del_acto(tipo, datos)
        Correo.objects.all().delete()
    for prefijo in DE_CUENTAS:
        yield None, correo_de_cuenta(prefijo)
        Correo.objects.all().delete()


def test_aqui_se_prueban_todos_los_correos_que_existen():
    """B00: a new mail enters these tables or fails here."""
    assert {tipo for tipo, *_ in DE_ACTOS} == {
        tipo for tipo, avisos in AVISOS.items() if any(a.por_correo for a in avisos)
    }
    assert set(DE_CUENTAS) == {prefijo for prefijo, correo in CORREOS.items() if correo}


@pytest.mark.parametrize(("tipo", "datos", "asunto", "frase"), DE_ACTOS)
def test_el_correo_de_un_acto_dice_lo_que_manda_mensajes(tipo, datos, asunto, frase):
    """B00, mensajes.md §8."""
    gestion, mail = correo_del_acto(tipo, datos)
    assert mail.subject == asunto.format(n=gestion.numero)
    assert cuerpo(mail).startswith(frase)
    assert frase in html(mail)


@pytest.mark.parametrize("prefijo", DE_CUENTAS)
def test_el_correo_de_una_cuenta_dice_lo_que_manda_mensajes(prefijo):
    """B00, mensajes.md §2 and §8."""
    asunto, frase = DE_CUENTAS[prefijo]
    mail = correo_de_cuenta(prefijo)
    assert mail.subject == asunto
    assert cuerpo(mail).startswith(frase)
    assert frase in html(mail)


def test_todo_correo_lleva_el_encabezado_y_el_pie_en_su_orden():
    """D1: the office, not to be answered, free of charge, thanks."""
    for _, mail in todos():
        for texto in (mail.body, re.sub(r"<[^>]+>", "", html(mail))):
            assert re.search(
                r"Oficina Nacional de Servicio Civil\s+NO RESPONDA A ESTE CORREO\.\s*"
                r"Este es un correo generado automáticamente por el sistema\..*"
                r"Estimado \(a\) usuario \(a\):.*"
                r"Toda gestión realizada ante esta oficina o a través del Portal de Comunicaciones "
                r"Electrónicas ONSEC-CEO es totalmente gratuita\.\s+"
                r"Gracias por utilizar nuestros servicios electrónicos\.",
                texto,
                re.DOTALL,
            )


def test_el_de_una_gestion_dice_numero_fecha_y_estado():
    """D1, D1b: the instant of the act, Guatemala's, 24 hours; no retry moves it."""
    gestion, mail = correo_del_acto(DeTramite.ENVIADA, {})
    assert (
        f"Gestión No.: {gestion.numero}\n"
        "Fecha de envío: 11-06-2026 18:30:00\n"
        "Estado: Solicitud Recibida\n" in mail.body
    )


def test_ningun_correo_lleva_datos_de_la_persona_ni_de_su_salud():
    """D2, D3 and privacy: neither CUI, nor name, nor document, nor a word of health."""
    salud = ["invalidez", "salud", "médic", "dictamen", "enfermedad", "incapacidad", "accidente", "igss"]
    for gestion, mail in todos():
        texto = f"{mail.subject} {mail.body} {html(mail)}".replace(PREVIO_DICE, "").lower()
        assert [palabra for palabra in salud if palabra in texto] == []
        if gestion:
            persona = gestion.solicitante
            datos = [persona.cui, persona.primer_nombre, persona.primer_apellido, persona.email]
            assert [dato for dato in datos if dato.lower() in texto] == []


def test_ningun_correo_lleva_imagenes_y_a_lo_sumo_un_boton():
    """lamina/correo.html: 600 px, one button, nothing to fetch; only a previo has other links (D3)."""
    for _, mail in todos():
        botones = len(re.findall('<a class="bt"', html(mail)))
        assert botones <= 1
        assert len(re.findall("<a ", html(mail))) == botones + mail.body.count("ver observación")
        assert not re.search(r"<img|<link|<script|url\(", html(mail))
        assert "max-width:600px" in html(mail)


@pytest.mark.parametrize("prefijo", ["account/email/email_confirmation", "account/email/password_reset_key"])
def test_el_enlace_sale_de_la_direccion_publica_y_no_de_la_peticion(prefijo, settings):
    """S32: a forged Host never reaches a mail."""
    settings.URL_PUBLICA = "https://ceo.example.gt"
    mail = correo_de_cuenta(prefijo)
    enlaces = re.findall(r'https?://[^\s"<]+', mail.body + html(mail))
    assert {e.split("/cuenta/")[0] for e in enlaces} == {"https://ceo.example.gt"}


@pytest.mark.parametrize("veneno", ["a\r\nBcc: otra@malo.example", "a\nb", "a\rb", "a\u2028b", "a\n"])
@pytest.mark.parametrize("campo", ["asunto", "para"])
def test_un_encabezado_con_salto_de_linea_se_rechaza(campo, veneno):
    """S25: CR/LF refused before the row exists."""
    datos = {"asunto": "Aviso", "para": "ciudadana9@demo.gt", "plantilla": "correo_nuevo"} | {campo: veneno}
    with pytest.raises(ValueError, match="saltos de línea"):
        depositar([Correo(**datos)])
    assert not Correo.objects.exists()


@pytest.mark.parametrize("campo", ["asunto", "para"])
def test_ni_una_fila_escrita_a_mano_abre_otro_encabezado(campo):
    """S25: checked again when the mail is written."""
    correo = CorreoFactory.build(**{campo: "a\r\nBcc: otra@malo.example"})
    with pytest.raises((ValueError, BadHeaderError)):
        redactar(correo).message()


def test_una_linea_pasa_tal_cual():
    """S25: nothing is silently mended."""
    assert en_una_linea("Gestión No. 76: recibida") == "Gestión No. 76: recibida"


def test_lo_que_trae_el_contexto_no_se_vuelve_html():
    """S26, S28: escaped in HTML, literal in text."""
    correo = CorreoFactory(
        plantilla="enviada",
        contexto={"fecha": "<script>{{7*7}}</script>", "hora": "1", "boton": "<b>x</b>", "enlace": '/"><i>'},
    )
    mail = redactar(correo)
    assert "<script>{{7*7}}</script>" in mail.body
    assert "&lt;script&gt;{{7*7}}&lt;/script&gt;" in html(mail)
    assert not re.search("<script|<b>x|<i>", html(mail))


def test_el_correo_se_declara_automatico():
    """RFC 3834: no one's out-of-office answers it."""
    assert redactar(CorreoFactory()).message()["Auto-Submitted"] == "auto-generated"


def test_la_persona_lee_lo_mismo_en_texto_y_en_html():
    """D1: whoever cannot see HTML loses nothing."""
    persona = CiudadanoFactory()
    Evento.objects.registrar(DeCuenta.CLAVE_CAMBIADA, actor=persona, ahora=AHORA)
    mail = redactar(Correo.objects.get())
    for parrafo in cuerpo(mail).split("Toda gestión")[0].strip().split("\n"):
        assert parrafo.strip(":") in html(mail)
