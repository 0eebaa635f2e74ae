"""matriz.md §7 row by row: whom each act tells, by which road and under which subject."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from bitacora.models import Evento
from notificaciones.models import Correo, Notificacion
from tests.fabricas import CiudadanoFactory, GestionFactory, PersonalFactory
from tests.tramites.ciudadano.lectura import palabras
from tramites.models import CasoDePrevio, Estado, Gestion, Previo

pytestmark = pytest.mark.django_db

AHORA = datetime(2026, 6, 12, 0, 30, tzinfo=UTC)  # in Guatemala, 11-06-2026 18:30
G = "Gestión No. {n}: "
PLAZO, DESISTIMIENTO = {"causa": "plazo"}, {"causa": "desistimiento"}
FOLIO = {"folio": "D-12", "fecha": "2026-07-01"}
NADIE: set[tuple[str, str, str]] = set()

# event · its data · who, C (mail and portal), N (portal alone) or M (mail alone), and the subject.
TABLA = [
    ("cuenta_verificada", {}, {("titular", "C", "Su cuenta del portal CEO está lista")}),
    ("clave_cambiada", {}, {("titular", "C", "Cambió la contraseña de su cuenta")}),
    (
        "correo_cambiado",  # the old address: test_adaptador
        {},
        {
            ("titular", "M", "Este es el nuevo correo de su cuenta"),
            ("titular", "N", "Cambió el correo de su cuenta"),
        },
    ),
    (
        "segundo_factor_cambiado",
        {"cuenta": "titular"},
        {("titular", "C", "Cambió la verificación en dos pasos de su cuenta")},
    ),
    ("gestion_creada", {}, NADIE),
    ("paso_guardado", {"paso": 1}, NADIE),
    ("formulario_confirmado", {}, NADIE),
    ("documento_cargado", {"renglon": 1, "estado": "CREACION"}, NADIE),
    ("documento_cargado", {"renglon": 1, "estado": "OBSERVADA"}, NADIE),
    (
        "documento_cargado",
        {"renglon": 8, "estado": "RECIBIDA"},
        {("analista", "N", G + "la persona agregó un archivo")},
    ),
    (
        "documento_cargado",
        {"renglon": 8, "estado": "ADMITIDA"},
        {("analista", "N", G + "la persona agregó un archivo")},
    ),
    ("documento_retirado", {"renglon": 1}, NADIE),
    ("enviada", {"ronda": 1}, {("titular", "C", G + "recibida")}),
    (
        "previo_emitido",
        {"ronda": 1, "justificados": []},
        {("titular", "C", G + "Solicitud con observaciones")},
    ),
    (
        "previo_emitido",
        {"ronda": 1, "justificados": [3, "beneficiario"]},
        {
            ("titular", "C", G + "Solicitud con observaciones"),
            ("jefatura", "N", G + "se observó lo que ya estaba verificado"),
        },
    ),
    (
        "reenviada",
        {"ronda": 2},
        {
            ("titular", "C", G + "recibimos su corrección"),
            ("analista", "N", G + "la persona envió su corrección"),
        },
    ),
    ("admitida", {"ronda": 1}, {("titular", "C", G + "Expediente Admitido")}),
    *(
        (
            "aviso_archivo",
            {"dias": dias, "quedan": dias, "archivar_el": "2026-12-12", "estado": "OBSERVADA"},
            {("titular", "C", G + asunto)},
        )
        for dias, asunto in (
            (90, "le quedan 90 días para actuar"),
            (30, "le quedan 30 días para actuar"),
            (7, "le quedan 7 días para actuar"),
            (1, "mañana es el último día para actuar"),
        )
    ),
    ("archivo_en_espera", {"ciclo": 1}, {("analista", "N", G + "no se archivó por falta de aviso")}),
    (
        "archivada",
        PLAZO,
        {("titular", "C", G + "archivada"), ("analista", "N", G + "se archivó por plazo")},
    ),
    (
        "archivada",
        DESISTIMIENTO,
        {("titular", "C", G + "usted desistió"), ("analista", "N", G + "la persona desistió")},
    ),
    (
        "desarchivada",
        {"causa": "jefatura", "estado": "OBSERVADA"},
        {("titular", "C", G + "reabierta"), ("analista", "N", G + "reabierta")},
    ),
    ("aviso_entregado", {}, NADIE),
    ("aviso_fallido", {}, {("analista", "N", G + "un aviso no se entregó")}),
    ("tomada", {}, NADIE),
    ("liberada", {}, NADIE),
    ("toma_caducada", {}, NADIE),
    ("renglon_juzgado", {}, NADIE),
    ("paso_juzgado", {}, NADIE),
    ("nota_interna", {}, NADIE),
    (
        "reasignada",
        {"anterior": "analista", "nuevo": "otra analista"},
        {
            ("analista", "N", G + "pasó a otra persona"),
            ("otra analista", "N", G + "está a su cargo"),
        },
    ),
    ("reasignada", {"anterior": None, "nuevo": "analista"}, {("analista", "N", G + "está a su cargo")}),
    (
        "archivo_infectado",
        {},
        {
            ("titular", "C", G + "un archivo no se pudo recibir"),
            ("analista", "N", G + "un archivo tenía un virus"),
        },
    ),
    (
        "archivo_perdido",
        {"archivo": "gestiones/1/a.pdf"},
        {(quien, "N", G + "no se encontró un archivo guardado") for quien in ("auditoría", "administración")},
    ),
    ("documento_leido", {"renglon": 1}, NADIE),
    ("expediente_leido", {}, NADIE),
    ("papel_leido", {"papel": "previo"}, NADIE),
    ("expediente_exportado", {}, NADIE),
    ("exportacion_lista", {"fecha": "2026-07-01"}, {("titular", "N", "Su exportación está lista")}),
    (
        "solicitud_datos",
        FOLIO,
        {
            ("titular", "C", "Recibimos su solicitud sobre sus datos, folio D-12"),
            ("administración", "N", "Una persona pide sobre sus datos, folio D-12"),
        },
    ),
    *(
        (
            "bitacora_en_riesgo",
            {"motivo": motivo},
            {
                (quien, "N", "La bitácora necesita que la revisen hoy")
                for quien in ("auditoría", "administración")
            },
        )
        for motivo in ("cadena_rota", "anclas_perdidas", "ancla_no_escrita")
    ),
    (
        "respuesta_datos",
        FOLIO | {"persona": "titular"},
        {
            ("titular", "C", "Respuesta a su solicitud, folio D-12"),
            ("administración", "N", "Se respondió la solicitud sobre datos, folio D-12"),
        },
    ),
]
DE_CUENTA = {
    "cuenta_verificada",
    "clave_cambiada",
    "correo_cambiado",
    "segundo_factor_cambiado",
    "solicitud_datos",
    "respuesta_datos",
    "bitacora_en_riesgo",
}


@pytest.fixture
def gente():
    """One of each; the last two are told of nothing."""
    return {
        "titular": CiudadanoFactory(),
        "analista": PersonalFactory(),
        "otra analista": PersonalFactory(),
        "jefatura": PersonalFactory(papel="jefatura"),
        "administración": PersonalFactory(papel="administracion"),
        "auditoría": PersonalFactory(papel="auditoria"),
        "consulta": PersonalFactory(papel="consulta"),
        "otra persona": CiudadanoFactory(),
    }


@pytest.fixture
def gestion(gente) -> Gestion:
    """Returned by its analyst with a case on renglón 1."""
    gestion = GestionFactory(
        solicitante=gente["titular"],
        estado=Estado.OBSERVADA,
        recibida_en=AHORA,
        asignada_a=gente["analista"],
        archivar_el=date(2026, 12, 12),
    )
    previo = Previo.objects.create(
        gestion=gestion, ronda=1, motivo="MOTIVO", emitido_en=AHORA, emitido_por=gente["analista"]
    )
    CasoDePrevio.objects.create(previo=previo, renglon=1, texto="FALTA FIRMAR.")
    return gestion


def ocurrir(tipo, datos, gestion, gente):
    datos = {c: gente[v].pk if isinstance(v, str) and v in gente else v for c, v in datos.items()}
    numero = None if tipo in DE_CUENTA else gestion.numero
    return Evento.objects.registrar(tipo, actor=gente["titular"], gestion=numero, ahora=AHORA, datos=datos)


def avisados(gente) -> set[tuple[str, str, str]]:
    """Who was told, how and of what, from the rows."""
    nombres = {persona.pk: nombre for nombre, persona in gente.items()}
    filas = {
        via: {(nombres[d], asunto) for d, asunto in modelo.objects.values_list("destinatario", "asunto")}
        for via, modelo in (("M", Correo), ("N", Notificacion))
    }
    ambas = filas["M"] & filas["N"]
    return {(q, "C", a) for q, a in ambas} | {
        (q, via, a) for via, pares in filas.items() for q, a in pares - ambas
    }


@pytest.mark.parametrize(
    ("tipo", "datos", "dichos"), TABLA, ids=[f"{t}-{n}" for n, (t, _, _) in enumerate(TABLA)]
)
def test_cada_fila_avisa_a_quien_dice_y_a_nadie_mas(tipo, datos, dichos, gestion, gente):
    """matriz.md §7, mensajes.md §8, D2."""
    ocurrir(tipo, datos, gestion, gente)
    assert avisados(gente) == {(quien, via, a.format(n=gestion.numero)) for quien, via, a in dichos}


@pytest.mark.parametrize("tipo", ["archivo_en_espera", "aviso_fallido"])
@pytest.mark.parametrize("sin", ["nadie la tiene", "quien la tenía ya no está"])
def test_sin_analista_lo_sabe_jefatura(tipo, sin, gestion, gente):
    """matriz.md §7: «N analista; sin él, jefatura»."""
    if sin == "nadie la tiene":
        Gestion.objects.filter(pk=gestion.pk).update(asignada_a=None)
    else:
        gente["analista"].is_active = False
        gente["analista"].save()
    ocurrir(tipo, {"ciclo": 1}, gestion, gente)
    assert {quien for quien, _, _ in avisados(gente)} == {"jefatura"}


@pytest.mark.parametrize(("propia", "saben"), [("analista", {"jefatura"}), ("jefatura", NADIE)])
def test_nadie_del_personal_sabe_de_la_gestion_de_su_propio_cui(propia, saben, gestion, gente):
    """matriz.md §2: not in lists, so not in notices; jefatura hears what no analyst can."""
    gente[propia].cui = gestion.titular_cui
    gente[propia].save()
    if propia == "jefatura":
        Gestion.objects.filter(pk=gestion.pk).update(asignada_a=None)
    ocurrir("aviso_fallido", {}, gestion, gente)
    assert {quien for quien, _, _ in avisados(gente)} == saben


def test_lo_del_personal_abre_la_mesa_y_lo_del_titular_su_gestion(gestion, gente):
    """contrato.md, addresses."""
    ocurrir("reenviada", {"ronda": 2}, gestion, gente)
    enlaces = dict(Notificacion.objects.values_list("destinatario__tipo", "contexto__enlace"))
    assert enlaces == {
        "personal": f"/revision/gestiones/{gestion.numero}/",
        "ciudadano": f"/gestiones/{gestion.numero}/",
    }


@pytest.mark.parametrize(
    ("datos", "asunto", "frase"),
    [
        (
            {"quedan": 7, "estado": "OBSERVADA"},
            "le quedan 7 días para actuar",
            "Corrija y envíe antes del 12-12-2026.",
        ),
        (
            {"quedan": 30, "estado": "CREACION"},
            "le quedan 30 días para actuar",
            "Complete y envíe antes del 12-12-2026.",
        ),
        (
            {"quedan": 5, "estado": "OBSERVADA"},
            "le quedan 5 días para actuar",
            "Corrija y envíe antes del 12-12-2026.",
        ),
        (
            {"quedan": 1, "estado": "OBSERVADA"},
            "mañana es el último día para actuar",
            "Si no actúa, se archivará el 12-12-2026.",
        ),
        (
            {"quedan": 0, "estado": "OBSERVADA"},
            "hoy es el último día para actuar",
            "Si no actúa, se archivará el 12-12-2026.",
        ),
    ],
)
def test_el_aviso_dice_los_dias_que_de_verdad_quedan(datos, asunto, frase, gestion, gente, client):
    """FB3, mensajes.md §8: late runs too; a draft is completed, what was returned corrected."""
    ocurrir("aviso_archivo", {"dias": 7, "archivar_el": "2026-12-12"} | datos, gestion, gente)
    assert Correo.objects.get().asunto == f"Gestión No. {gestion.numero}: {asunto}"
    client.force_login(gente["titular"])
    assert frase in palabras(client.get(f"/notificaciones/{Notificacion.objects.get().pk}/"))


@pytest.mark.parametrize(
    ("tipo", "datos", "dichos"), TABLA, ids=[f"{t}-{n}" for n, (t, _, _) in enumerate(TABLA)]
)
def test_cada_aviso_se_puede_abrir_en_el_portal(tipo, datos, dichos, gestion, gente, client):
    """D2: every notice has its words, for the office too."""
    ocurrir(tipo, datos, gestion, gente)
    for aviso in Notificacion.objects.select_related("destinatario"):
        client.force_login(aviso.destinatario)
        respuesta = client.get(f"/notificaciones/{aviso.pk}/")
        assert respuesta.status_code == 200
        assert aviso.asunto in respuesta.content.decode()
        assert "{{" not in respuesta.content.decode()


def test_la_fecha_del_aviso_es_la_del_acto(gestion, gente):
    """D1b: Guatemala's, 24 hours."""
    ocurrir("admitida", {"ronda": 1}, gestion, gente)
    contexto = Correo.objects.get().contexto
    assert (contexto["fecha"], contexto["hora"]) == ("11-06-2026", "18:30:00")
    assert timezone.localtime(Notificacion.objects.get().creada_en).hour == 18
