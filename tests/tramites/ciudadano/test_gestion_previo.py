"""The Gestión's page around a previo: motive, cases, clock, papers, history and who has read it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.eventos import INTERNOS, TipoEvento
from tramites.models import Gestion

from .lectura import arbol, botones, enlace, filas, palabras, texto

PLAZO = "Puede actuar hasta el 11-12-2024. Se archivará el 12-12-2024 si no actúa."


def ruta(nombre, *argumentos) -> str:
    return reverse(nombre, args=argumentos)


def pagina(cliente, gestion):
    return cliente.get(ruta("gestion", gestion.numero))


def con_reloj(gestion) -> Gestion:
    """The manual's dates: told on 11-06-2024."""
    Gestion.objects.filter(pk=gestion.pk).update(
        base_plazo=date(2024, 6, 11), archivar_el=date(2024, 12, 12), notificada_en=timezone.now()
    )
    return Gestion.de(gestion.solicitante, gestion.numero)


def region(respuesta, nombre) -> str:
    (seccion,) = arbol(respuesta).findall(f".//main//section[@aria-labelledby='{nombre}']")
    return texto(seccion)


# ── what ONSEC asks ───────────────────────────────────────────────────────────


def test_muestra_el_motivo_los_casos_y_corregir(cliente, titular, paso):
    """E1, E7, C10: each case by its number and name, with its link; it is not a denial."""
    gestion = escenas.observada(
        titular, casos={1: escenas.FIRMA, 7: "FALTA EL 7."}, pasos={"beneficiario": "MUNICIPIO."}
    )
    respuesta = pagina(cliente, gestion)
    leido = palabras(respuesta)
    assert "Devuelta para corregir: no es una denegación" in leido
    assert "ONSEC se la devolvió para que corrija algo. No perdió su trámite." in leido
    assert f"Motivo de envío a PREVIO: {escenas.MOTIVO}" in leido
    for caso in (escenas.FIRMA, "FALTA EL 7.", "MUNICIPIO."):
        assert f"Caso de Previo: {caso}" in leido
    assert enlace(respuesta, "Paso 2, Datos del Beneficiario") == paso(gestion, "beneficiario")
    assert enlace(respuesta, "7. Certificación de horarios") == ruta("archivos", gestion.numero, 7)
    assert enlace(respuesta, "Corregir") == paso(gestion, "documentos")


def test_lo_corregido_ya_no_alarma(cliente, titular):
    """E1, E8: each case keeps its words; what is done says that only its sending is missing."""
    gestion = escenas.observada(
        titular, casos={2: "CERTIFICACIÓN VENCIDA."}, pasos={"beneficiario": "FALTA EL TELÉFONO."}
    )
    hecho = "Corregido: falta enviarlo."
    assert region(pagina(cliente, gestion), "sigue").count(hecho) == 0
    escenas.reponer(gestion, 2)
    assert region(pagina(cliente, gestion), "sigue").count(hecho) == 1
    escenas.rehacer(gestion, "beneficiario")
    tarjeta = region(pagina(cliente, gestion), "sigue")
    assert tarjeta.count(hecho) == 2
    assert "CERTIFICACIÓN VENCIDA." in tarjeta


def test_el_plazo_se_ve_siempre_en_cuatro_lugares(client, titular, paso):
    """FB4: Tablero, Mis Solicitudes, the Gestión and step 6; in «Previos» too."""
    gestion = con_reloj(escenas.observada(titular))
    with time_machine.travel("2024-07-01T15:00:00Z", tick=False):
        client.force_login(titular)
        for url in (
            ruta("tablero"),
            ruta("solicitudes"),
            ruta("previos"),
            ruta("gestion", gestion.numero),
            paso(gestion, "documentos"),
        ):
            assert PLAZO in palabras(client.get(url)), url
        assert "163 días para actuar" in palabras(pagina(client, gestion))


@pytest.mark.parametrize(
    ("hoy", "dice"),
    [
        ("2024-11-11", "Le quedan 30 días para actuar."),
        ("2024-12-10", "Le queda 1 día para actuar."),
        ("2024-12-11", "Hoy es el último día para actuar."),
        ("2024-12-12", "El plazo venció, pero aún puede actuar. Hágalo hoy."),
    ],
)
def test_al_acercarse_el_ultimo_dia_lo_destaca(client, titular, hoy, dice):
    """mensajes.md §7, FB4."""
    gestion = con_reloj(escenas.observada(titular))
    with time_machine.travel(f"{hoy}T15:00:00Z", tick=False):
        client.force_login(titular)
        assert dice in palabras(pagina(client, gestion))
        assert dice in palabras(client.get(ruta("solicitudes")))


def test_sin_notificacion_el_reloj_no_corre_y_lo_dice(cliente, titular):
    """FB0: no date is invented."""
    leido = palabras(pagina(cliente, escenas.observada(titular)))
    assert "El plazo de 6 meses empieza cuando le llegue el aviso de ONSEC." in leido
    assert "Puede actuar hasta el" not in leido


def test_mis_solicitudes_lleva_directo_a_lo_observado(cliente, titular, paso):
    """C7, C8, C10: the badge in the same cell; the arrow to the table of documents."""
    escenas.enviada_sin_papeles(titular)
    gestion = escenas.observada(titular)
    respuesta = cliente.get(ruta("previos"))
    (fila,) = filas(respuesta)
    assert fila[0] == str(gestion.numero)
    assert "Solicitud con observaciones RECHAZADA" in fila[3]
    assert enlace(respuesta, "Corregir") == paso(gestion, "documentos")
    assert len(filas(cliente.get(ruta("solicitudes")))) == 2


def test_el_tablero_pone_primero_lo_que_hay_que_corregir(cliente, titular, paso):
    """experiencia.md §1: before the drafts and what ONSEC has."""
    escenas.enviada_sin_papeles(titular)
    escenas.con_archivos(titular)
    gestion = escenas.observada(titular)
    respuesta = cliente.get(ruta("tablero"))
    assert texto(arbol(respuesta).find(".//main//section//h2")) == f"Corregir la Gestión No. {gestion.numero}"
    assert enlace(respuesta, "Corregir") == paso(gestion, "documentos")


# ── what happened ─────────────────────────────────────────────────────────────


def test_el_historial_calla_lo_interno(cliente, titular):
    """matriz.md §3, §7, F6: the person reads the decisions, never the office's half-made judgements."""
    gestion = escenas.observada(titular)
    for tipo in INTERNOS:
        Evento.objects.create(tipo=tipo, ocurrido_en=timezone.now(), papel="analista", gestion=gestion.numero)
    leido = region(pagina(cliente, gestion), "historial")
    assert "ONSEC la devolvió con observaciones" in leido
    assert "Envió la solicitud a ONSEC" in leido
    for tipo in INTERNOS:
        assert str(tipo.label) not in leido


def test_dice_quien_ha_visto_el_expediente(cliente, titular):
    """matriz.md §7: role, what and how many times that day; never a name."""
    gestion, quien = escenas.enviada_sin_papeles(titular), escenas.analista()
    assert "Todavía nadie lo ha abierto." in region(pagina(cliente, gestion), "lecturas")
    lecturas = [("expediente_leido", {}), *[("documento_leido", {"renglon": 6})] * 3]
    for tipo, datos in lecturas:
        Evento.objects.registrar(tipo, actor=quien, gestion=gestion.numero, ahora=timezone.now(), datos=datos)
    leido = region(pagina(cliente, gestion), "lecturas")
    assert "El expediente Analista de ONSEC" in leido
    assert "Documento 6, Dictamen de medicina legal Analista de ONSEC, 3 veces ese día" in leido
    assert quien.primer_apellido not in leido


def test_un_borrador_no_tiene_lecturas_que_mostrar(cliente, titular):
    """matriz.md §3: nobody of ONSEC may open it."""
    assert "Quién ha visto mi expediente" not in palabras(pagina(cliente, escenas.con_archivos(titular)))


def test_un_aviso_fallido_se_dice_hasta_que_llega(cliente, titular):
    """matriz.md §7, D2: «se ve en la Gestión»; once delivered by any road it is no longer said."""
    gestion = escenas.observada(titular)
    frase = "No pudimos entregarle un aviso por correo."
    assert frase not in palabras(pagina(cliente, gestion))
    Evento.objects.registrar(TipoEvento.AVISO_FALLIDO, gestion=gestion.numero, ahora=timezone.now())
    assert frase in palabras(pagina(cliente, gestion))
    escenas.notificada(gestion)
    assert frase not in palabras(pagina(cliente, gestion))


def test_los_previos_anteriores_se_siguen_leyendo(cliente, titular):
    """E7: the motive and cases of each round, after it was corrected."""
    gestion = escenas.observada(titular)
    escenas.remandar(escenas.reponer(gestion, 1))
    leido = region(pagina(cliente, gestion), "previos")
    assert f"Motivo de envío a PREVIO: {escenas.MOTIVO}" in leido
    assert f"Caso de Previo: {escenas.FIRMA}" in leido


def test_la_admitida_dice_que_sigue_y_verificado_si(cliente, titular):
    """C11, E3, textos.md §12."""
    respuesta = pagina(cliente, escenas.admitida(titular))
    leido = palabras(respuesta)
    assert "Expediente Admitido" in leido
    assert "ONSEC comprobó que usted cumple los requisitos. Le avisará el siguiente paso." in leido
    assert leido.count("Verificado: SI") == 6
    assert {"Constancia de admisión", "Constancia de recepción"} <= set(botones(respuesta))


def test_recibida_no_muestra_juicios_a_medias(cliente, titular):
    """matriz.md §5, mensajes.md §7: always NO before the decision; the time is ONSEC's."""
    quien = escenas.analista()
    gestion = escenas.observar_en(escenas.tomada(titular, quien), quien, {1: escenas.FIRMA}, {})
    leido = palabras(pagina(cliente, gestion))
    assert leido.count("Verificado: NO") == 6
    assert escenas.FIRMA not in leido
    assert "ONSEC está revisando su Gestión. Este tiempo no corre contra usted." in leido


# ── the papers ────────────────────────────────────────────────────────────────


def test_los_papeles_solo_salen_si_se_emitieron(cliente, titular):
    """matriz.md §3: 409 before; afterwards the same bytes each time."""
    gestion = escenas.enviada_sin_papeles(titular)
    previo, admision = ruta("aviso_previo", gestion.numero, 1), ruta("admision", gestion.numero)
    assert cliente.get(previo).status_code == cliente.get(admision).status_code == 409
    observada = escenas.observada(titular)
    for url in (
        ruta("aviso_previo", observada.numero, 1),
        ruta("admision", escenas.admitida(titular).numero),
    ):
        primera, segunda = (b"".join(cliente.get(url).streaming_content) for _ in range(2))
        assert primera.startswith(b"%PDF-")
        assert primera == segunda
    assert cliente.get(ruta("aviso_previo", observada.numero, 2)).status_code == 409


def test_la_pagina_no_pregunta_mas_por_tener_mas(cliente, titular, django_assert_max_num_queries):
    """arquitectura.md «Lists»: a fixed number of queries."""
    gestion = escenas.observada(titular)
    with django_assert_max_num_queries(35) as pocas:
        pagina(cliente, gestion)
    for _ in range(20):
        Evento.objects.registrar(
            "documento_leido",
            actor=escenas.analista(),
            gestion=gestion.numero,
            ahora=timezone.now(),
            datos={},
        )
        escenas.adjuntar(gestion, 8)
    with django_assert_max_num_queries(len(pocas)):
        pagina(cliente, gestion)
