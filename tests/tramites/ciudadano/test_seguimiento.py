"""Following up: the table with its filter, and a Gestión's page with its clock and its history."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bitacora.models import Evento
from tests.fabricas import GestionFactory
from tests.tramites import escenas
from tramites.models import Causa, Documento, Estado, Gestion

from .lectura import arbol, botones, columnas, enlace, filas, menu, palabras, titulos, visible

SOLICITUDES, PREVIOS = reverse("solicitudes"), reverse("previos")
HOY = datetime(2024, 9, 20, 18, tzinfo=UTC)
# The manual's own example (C3), plus one returned.
EJEMPLO = {
    14: (Estado.CREACION, "10-05-2024"),
    26: (Estado.ADMITIDA, "22-05-2024"),
    74: (Estado.CREACION, "11-06-2024"),
    75: (Estado.CREACION, "11-06-2024"),
    76: (Estado.RECIBIDA, "12-06-2024"),
    80: (Estado.OBSERVADA, "30-06-2024"),
}


def gestion(titular, numero, estado, fecha) -> Gestion:
    creada = datetime.strptime(f"{fecha} 18:00 +0000", "%d-%m-%Y %H:%M %z")
    datos = {"recibida_en": None if estado == Estado.CREACION else creada}
    if estado == Estado.ARCHIVADA:
        datos |= {
            "causa_archivo": Causa.PLAZO,
            "estado_al_archivar": Estado.OBSERVADA,
            "archivada_en": creada,
        }
    return GestionFactory(numero=numero, solicitante=titular, estado=estado, creada_en=creada, **datos)


@pytest.fixture
def ejemplo(titular) -> None:
    for numero, (estado, fecha) in reversed(EJEMPLO.items()):
        gestion(titular, numero, estado, fecha)


def numeros(respuesta) -> list[int]:
    return [int(fila[0]) for fila in filas(respuesta)]


def test_la_tabla_tiene_su_filtro_sus_columnas_y_su_orden(cliente, ejemplo):
    """C1, C2, C3, C5, C10, C11: ascending by number, with its gaps; each state by its words."""
    respuesta = cliente.get(SOLICITUDES)
    assert columnas(respuesta) == [
        "Número de Gestión",
        "Tipo de Solicitud",
        "Fecha de Ingreso",
        "Estado de Solicitud",
        "Acciones",
    ]
    nombres = {
        Estado.CREACION: "En Creación",
        Estado.RECIBIDA: "Solicitud Recibida",
        Estado.OBSERVADA: "Solicitud con observaciones RECHAZADA no es una denegación",
        Estado.ADMITIDA: "Expediente Admitido",
    }
    assert [fila[:4] for fila in filas(respuesta)] == [
        [str(n), "Pensión Civil por Invalidez", fecha, nombres[estado]]
        for n, (estado, fecha) in EJEMPLO.items()
    ]
    assert palabras(respuesta).count("6 registros") == 1
    campo = arbol(respuesta).find(".//main//input[@name='q']")
    assert campo.get("placeholder") == "# de gestión, estado, fecha"
    assert botones(respuesta)[:2] == ["Buscar", "Limpiar"]
    assert enlace(respuesta, "Limpiar") == SOLICITUDES
    assert texto_del_rotulo(respuesta) == "Filtro"


def texto_del_rotulo(respuesta) -> str:
    return visible(arbol(respuesta).find(".//main//label[@for='q']"))


@pytest.mark.parametrize(("cuantas", "pie"), [(0, "0 registros"), (1, "1 registro"), (5, "5 registros")])
def test_el_pie_cuenta_los_registros(cliente, titular, cuantas, pie):
    """C2."""
    for numero in range(cuantas):
        gestion(titular, numero + 1, Estado.CREACION, "01-01-2024")
    assert visible(arbol(cliente.get(SOLICITUDES)).find(".//main/p[@role='status']")) == pie


@pytest.mark.parametrize(
    ("buscado", "hallados"),
    [
        ("", [14, 26, 74, 75, 76, 80]),
        ("76", [76]),
        (" 76 ", [76]),
        ("7", []),
        ("11", [74, 75]),
        ("26", [26]),
        ("12/06/2024", [76]),
        ("06-2024", [74, 75, 76, 80]),
        ("30/06", [80]),
        ("en creación", [14, 74, 75]),
        ("EN CREACION", [14, 74, 75]),
        ("admitido", [26]),
        ("Solicitud", [76, 80]),
        ("rechazada", [80]),
        ("no hay", []),
    ],
)
def test_un_solo_campo_busca_numero_estado_y_fecha(cliente, ejemplo, buscado, hallados):
    """C4, C4b."""
    respuesta = cliente.get(SOLICITUDES, {"q": buscado})
    assert numeros(respuesta) == hallados
    assert arbol(respuesta).find(".//main//input[@name='q']").get("value") == buscado


def test_el_numero_exacto_va_primero(cliente, titular, ejemplo):
    """C4b: «11» finds the number and the dates; the number comes before."""
    gestion(titular, 11, Estado.RECIBIDA, "01-08-2024")
    gestion(titular, 5, Estado.CREACION, "11-09-2024")
    assert numeros(cliente.get(SOLICITUDES, {"q": "11"})) == [11, 5, 74, 75]


@pytest.mark.parametrize(
    "raro",
    ["%", "_", "'", '"', "' OR 1=1 --", "x\0%", "\\", "<script>alert(1)</script>", "ñ" * 10_000, "9" * 5000],
)
def test_lo_raro_no_encuentra_ni_rompe(cliente, ejemplo, raro):
    """C4, S26, S30: shown back escaped, with what may be searched."""
    respuesta = cliente.get(SOLICITUDES, {"q": raro})
    assert respuesta.status_code == 200
    assert numeros(respuesta) == []
    assert "Escriba el número, el estado o la fecha." in palabras(respuesta)
    assert "<script>alert" not in respuesta.content.decode()


def test_la_fecha_de_ingreso_es_la_del_primer_envio(cliente, titular):
    """C5: by Guatemala's day; until then, that of creation."""
    gestion(titular, 1, Estado.CREACION, "10-05-2024")
    Gestion.objects.update(estado=Estado.RECIBIDA, recibida_en=datetime(2024, 7, 1, 3, tzinfo=UTC))
    assert filas(cliente.get(SOLICITUDES))[0][2] == "30-06-2024"


def test_previos_es_la_misma_tabla_solo_con_observaciones(cliente, ejemplo):
    """C7: and the three ways in lead to the same one."""
    assert numeros(cliente.get(PREVIOS)) == [80]
    assert numeros(cliente.get(PREVIOS, {"q": "76"})) == []
    pagina = cliente.get(SOLICITUDES)
    direcciones = {visible(a): a.get("href") for a in menu(pagina)}
    assert direcciones["Mis Solicitudes"] == direcciones["Pensiones"] == SOLICITUDES
    assert direcciones["Previos"] == PREVIOS


def test_solo_se_ve_lo_propio(cliente, ejemplo):
    """C9, S16: neither in the table nor by searching its number."""
    gestion(escenas.titular(), 90, Estado.CREACION, "01-01-2024")
    assert 90 not in numeros(cliente.get(SOLICITUDES))
    assert numeros(cliente.get(SOLICITUDES, {"q": "90"})) == []


def test_la_flecha_de_cada_fila_lleva_a_lo_que_toca(cliente, titular, paso):
    """C8: a draft to its pending step; a sent one to its detail, where its receipt is."""
    borrador, enviada = escenas.hasta_acta(titular), escenas.enviada_sin_papeles(titular)
    respuesta = cliente.get(SOLICITUDES)
    flechas = arbol(respuesta).findall(".//main//tbody//a")
    assert [(visible(a), a.get("href")) for a in flechas] == [
        ("Continuar", paso(borrador, "acta")),
        ("Ver detalle", reverse("gestion", args=[enviada.numero])),
    ]
    assert [a.find("./*[@class='oculto']").text for a in flechas] == [
        f": Gestión No. {g.numero}" for g in (borrador, enviada)
    ]
    assert all(a.find("./{*}svg") is not None for a in flechas)
    detalle = cliente.get(flechas[1].get("href"))
    assert enlace(detalle, "Constancia de recepción") == reverse("constancia", args=[enviada.numero])


@pytest.mark.parametrize(
    ("hoy", "frase"),
    [
        (date(2024, 9, 20), ""),
        (date(2024, 11, 10), ""),
        (date(2024, 11, 11), "Le quedan 30 días para actuar."),
        (date(2024, 12, 9), "Le quedan 2 días para actuar."),
        (date(2024, 12, 10), "Le queda 1 día para actuar."),
        (date(2024, 12, 11), "Hoy es el último día para actuar."),
    ],
)
def test_el_plazo_se_dice_siempre_y_se_destaca_al_final(client, titular, hoy, frase):
    """matriz.md §6, mensajes.md §7: FB4's own example, on the Gestión's page and on the board."""
    creada = datetime(2024, 6, 11, 18, tzinfo=UTC)
    propia = escenas.nueva(titular, creada)
    # Ten at night in Guatemala: the day has changed in UTC only.
    with time_machine.travel(
        datetime(hoy.year, hoy.month, hoy.day, 4, tzinfo=UTC) + timedelta(days=1), tick=False
    ):
        client.force_login(titular)
        for url in (reverse("gestion", args=[propia.numero]), reverse("tablero")):
            leido = palabras(client.get(url))
            assert (
                f"Puede actuar hasta el 11-12-2024. Se archivará el 12-12-2024 si no actúa. {frase}" in leido
            )
            assert ("Le queda" in leido or "Hoy es el último" in leido) is bool(frase)


def test_vencido_el_plazo_aun_se_puede_actuar(client, titular):
    """mensajes.md §7, «en espera»: while nobody archived it."""
    propia = escenas.nueva(titular, datetime(2024, 6, 11, 18, tzinfo=UTC))
    with time_machine.travel(datetime(2024, 12, 13, 18, tzinfo=UTC), tick=False):
        client.force_login(titular)
        leido = palabras(client.get(reverse("gestion", args=[propia.numero])))
    assert "El plazo venció, pero aún puede actuar. Hágalo hoy." in leido
    assert "Se archivará" not in leido


@pytest.mark.parametrize(
    ("estado", "frase"),
    [
        (Estado.RECIBIDA, "ONSEC está revisando su Gestión. Este tiempo no corre contra usted."),
        (Estado.ADMITIDA, "Esta Gestión no tiene plazos que corran contra usted."),
        (Estado.ARCHIVADA, "Su expediente se conserva. Para reabrirlo, pídalo a ONSEC."),
    ],
)
def test_lo_que_no_corre_contra_la_persona_se_dice(cliente, titular, estado, frase):
    """mensajes.md §7."""
    propia = gestion(titular, 1, estado, "11-06-2024")
    assert frase in palabras(cliente.get(reverse("gestion", args=[propia.numero])))


def hechos(respuesta) -> list[list[str]]:
    """The history: what, on what, and when."""
    lineas = arbol(respuesta).findall(".//ol[@class='historial']/li")
    return [[visible(parte) for parte in linea if visible(parte)] for linea in lineas]


def test_la_pagina_cuenta_lo_que_paso_y_lo_que_sigue(cliente, titular):
    """C8, C10: what comes next, the papers, the files, and the history, newest first."""
    propia = escenas.con_archivos(titular)
    antes = cliente.get(reverse("gestion", args=[propia.numero]))
    assert "Va en el paso 7 de 7: Validación." in palabras(antes)
    assert "Todavía no la ha enviado. ONSEC no puede verla." in palabras(antes)
    escenas.mandar(propia)
    pagina = cliente.get(reverse("gestion", args=[propia.numero]))
    assert titulos(pagina) == [f"Gestión No. {propia.numero}"]
    assert "ONSEC la está revisando. No tiene que hacer nada por ahora." in palabras(pagina)
    assert [hecho[0] for hecho in hechos(pagina)] == [
        "Envió la solicitud a ONSEC",
        "Confirmó el formulario",
        *["Guardó un paso"] * 4,
        "Creó la Gestión",
    ]
    assert "Paso 2, Datos del Beneficiario" in palabras(pagina)
    assert palabras(pagina).count("documento 3.pdf") == 1


def test_el_historial_dice_que_archivo_entro_y_cual_salio(cliente, titular):
    """C8: by renglón; each moment in Guatemala's time."""
    propia = escenas.hasta_documentos(titular)
    momento = datetime(2026, 5, 21, 4, 30, 5, tzinfo=UTC)
    documento = escenas.subir(propia, 3, ahora=momento).documento
    cliente.post(reverse("eliminar", args=[propia.numero, documento.pk]))
    eliminado, cargado = hechos(cliente.get(reverse("gestion", args=[propia.numero])))[:2]
    documento = "Documento 3, Documento personal de identificación -DPI-"
    assert cargado == ["Cargó un archivo", documento, "20-05-2026 22:30:05"]
    assert eliminado[:2] == ["Eliminó un archivo", documento]


def consultas_de(cliente, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as hechas:
        assert cliente.get(url).status_code == 200
    return len(hechas)


@pytest.mark.parametrize("url", [SOLICITUDES, PREVIOS, reverse("tablero"), SOLICITUDES + "?q=11"])
def test_las_listas_hacen_las_mismas_consultas_con_1_que_con_100(cliente, titular, url):
    """arquitectura.md «Lists»: fixed at 1 and at 100 Gestiones, drafts and returned ones."""
    estados = [Estado.CREACION, Estado.OBSERVADA, Estado.RECIBIDA]
    for n in range(3):
        gestion(titular, n + 1, estados[n], "11-06-2024")
    con_pocas = consultas_de(cliente, url)
    for n in range(3, 100):
        gestion(titular, n + 1, estados[n % 3], "11-06-2024")
    assert consultas_de(cliente, url) == con_pocas <= 15


@pytest.mark.parametrize("ruta", ["gestion", "documentos", "validacion", "archivos"])
def test_una_gestion_hace_las_mismas_consultas_con_60_archivos(cliente, titular, paso, ruta):
    """arquitectura.md «Lists»: the same with 6 files as with 60, with a handful of events as with 60 more."""
    propia = escenas.con_archivos(titular)
    url = (
        reverse("gestion", args=[propia.numero])
        if ruta == "gestion"
        else reverse("archivos", args=[propia.numero, 5])
        if ruta == "archivos"
        else paso(propia, ruta)
    )
    con_pocos = consultas_de(cliente, url)
    for n in range(54):
        escenas.adjuntar(propia, n % 8 + 1)
        Evento.objects.registrar(
            "documento_cargado", actor=titular, gestion=propia.numero, ahora=HOY, datos={"renglon": 5}
        )
    assert Documento.objects.count() == 60
    assert consultas_de(cliente, url) == con_pocos <= 20
