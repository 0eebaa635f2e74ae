"""Jefatura's daily summary, and sending again what failed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from notificaciones.acciones.reintentar_correo import reintentar_correo
from notificaciones.acciones.resumir_fallidos import resumir_fallidos
from notificaciones.models import Correo, FallaPorContar, Notificacion
from notificaciones.tareas import despachar_correos
from notificaciones.tareas import resumir_fallidos as tarea
from tests.fabricas import CorreoFactory, GestionFactory, PersonalFactory
from tests.tramites import escenas
from tests.tramites.carreras import correr
from tests.tramites.reloj import BASE, a_las
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import NoPermitido

pytestmark = pytest.mark.django_db


def fallar(gestion: Gestion, cuando=None) -> Evento:
    return Evento.objects.registrar("aviso_fallido", gestion=gestion.numero, ahora=cuando or a_las(BASE))


def resumenes() -> list[Notificacion]:
    return list(Notificacion.objects.filter(plantilla="resumen_fallidos"))


def test_jefatura_recibe_un_resumen_del_dia(client):
    """matriz.md §7 `aviso_fallido`: «resumen diario»."""
    jefa, _ = PersonalFactory(papel="jefatura"), PersonalFactory(papel="auditoria")
    una, otra = GestionFactory(), GestionFactory()
    for gestion in (otra, una, otra):
        fallar(gestion)
    fallar(GestionFactory(), a_las(BASE + timedelta(days=1)))
    assert resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1)))
    [resumen] = resumenes()
    assert resumen.destinatario == jefa
    assert resumen.asunto == "Avisos que no se entregaron el 11-06-2024"
    client.force_login(jefa)
    pagina = client.get(reverse("notificacion", args=[resumen.pk])).content.decode()
    assert f"Gestiones: {una.numero}, {otra.numero}." in pagina
    assert f'href="{reverse("mesa")}"' in pagina


def test_repetirlo_no_lo_duplica():
    """S23: once a day, however many runs."""
    PersonalFactory(papel="jefatura")
    fallar(GestionFactory())
    for _ in range(2):
        resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1)))
    assert len(resumenes()) == 1


def test_el_resumen_cubre_los_dias_en_que_nadie_lo_hizo():
    """matriz.md §7: beat slept two days; what was told is not told again."""
    PersonalFactory(papel="jefatura")
    dias = [BASE + timedelta(days=n) for n in range(4)]
    gestiones = [GestionFactory() for _ in dias]
    fallar(gestiones[0], a_las(dias[0]))
    resumir_fallidos(hasta=dias[0], ahora=a_las(dias[1]))
    for gestion, dia in zip(gestiones[1:], dias[1:], strict=True):
        fallar(gestion, a_las(dia))
    for _ in range(2):
        resumir_fallidos(hasta=dias[2], ahora=a_las(dias[3]))
    resumen, _ = resumenes()
    assert resumen.asunto == "Avisos que no se entregaron del 12-06-2024 al 13-06-2024"
    assert resumen.contexto["numeros"] == f"{gestiones[1].numero}, {gestiones[2].numero}"


def test_la_falla_que_se_confirma_tarde_con_un_numero_menor_se_cuenta_al_dia_siguiente():
    """Numbers are taken when written and seen when committed: what was told decides, not the highest."""
    PersonalFactory(papel="jefatura")
    tarde, pronta = GestionFactory(), GestionFactory()
    alta = Evento(
        pk=10**9, tipo="aviso_fallido", gestion=pronta.numero, ocurrido_en=a_las(BASE), papel="sistema"
    )
    alta.save()
    FallaPorContar.objects.create(evento=alta)
    resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1)))
    fallar(tarde)  # its number is lower, and its day told already
    for _ in range(2):
        resumir_fallidos(hasta=BASE + timedelta(days=1), ahora=a_las(BASE + timedelta(days=2)))
    assert [r.contexto["numeros"] for r in resumenes()] == [str(tarde.numero), str(pronta.numero)]


def test_sin_nadie_en_jefatura_esperan_a_quien_llegue():
    fallar(GestionFactory())
    assert not resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1)))
    PersonalFactory(papel="jefatura")
    assert resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=2)))
    assert len(resumenes()) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_corridas_a_la_vez_lo_dicen_una_vez():
    """S23."""
    PersonalFactory(papel="jefatura")
    for _ in range(3):
        fallar(GestionFactory())
    correr(lambda _: resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1))))
    assert len(resumenes()) == 1


def test_lo_que_ya_se_dijo_antes_de_contar_por_falla_no_se_repite():
    """The migration: up to the failure that the last summary hung from."""
    jefa = PersonalFactory(papel="jefatura")
    dichas, nueva = [fallar(GestionFactory()) for _ in range(2)], GestionFactory()
    Notificacion.objects.create(
        evento=dichas[-1], destinatario=jefa, plantilla="resumen_fallidos", asunto="X", creada_en=a_las(BASE)
    )
    fallar(nueva)
    FallaPorContar.objects.all().delete()
    import_module("notificaciones.migrations.0005_falla_por_contar").dejar_las_de_despues(apps, None)
    resumir_fallidos(hasta=BASE, ahora=a_las(BASE + timedelta(days=1)))
    assert resumenes()[0].contexto["numeros"] == str(nueva.numero)


def test_un_dia_sin_fallas_no_dice_nada():
    """matriz.md §7."""
    PersonalFactory(papel="jefatura")
    assert not resumir_fallidos(hasta=BASE, ahora=a_las(BASE))
    assert resumenes() == []


def test_la_tarea_resume_el_dia_de_ayer():
    """matriz.md §7: Guatemala's yesterday."""
    PersonalFactory(papel="jefatura")
    fallar(GestionFactory(), timezone.now() - timedelta(days=1))
    fallar(GestionFactory(), timezone.now())
    tarea()
    [resumen] = resumenes()
    assert "," not in resumen.contexto["numeros"]


# ── `reintentar_correo` ───────────────────────────────────────────────────────


@pytest.fixture
def ana():
    return PersonalFactory()


@pytest.fixture
def fallido(ana) -> Correo:
    gestion = GestionFactory(estado=Estado.OBSERVADA, recibida_en=a_las(BASE), asignada_a=ana)
    return CorreoFactory(
        gestion=gestion.numero, estado="fallido", intentos=12, tomado_en=timezone.now(), plantilla="admitida"
    )


def reintentar(correo: Correo, quien) -> int:
    return reintentar_correo(numero=correo.gestion, actor=quien, ahora=timezone.now())


def test_reintentar_le_da_de_nuevo_todos_sus_intentos(fallido, ana, smtp):
    """matriz.md §3 `reintentar_correo`: the same mail, known by its Message-ID."""
    otro = CorreoFactory(gestion=fallido.gestion, estado="pendiente", intentos=3)
    assert reintentar(fallido, ana) == 1
    fallido.refresh_from_db()
    otro.refresh_from_db()
    assert (fallido.estado, fallido.intentos, otro.intentos) == ("pendiente", 0, 3)
    evento = Evento.objects.get(tipo="correo_reintentado")
    assert (evento.actor, evento.datos) == (ana, {"correos": 1})
    despachar_correos()
    assert fallido.message_id in [m["Message-ID"] for m in smtp.recibidos]
    assert reintentar(fallido, ana) == 0
    assert Evento.objects.filter(tipo="correo_reintentado").count() == 1


def test_un_previo_que_ya_no_espera_a_nadie_no_se_vuelve_a_enviar(ana):
    """C10, D1: the mail that says «corrija» goes only while there is that to correct."""
    gestion = escenas.observada(escenas.titular(), ana)
    previos, falla = Correo.objects.filter(plantilla="previo"), {"estado": "fallido", "intentos": 12}
    viejo = previos.get()
    previos.update(**falla, tomado_en=timezone.now())
    escenas.remandar(escenas.reponer(gestion, 1))
    assert reintentar(viejo, ana) == 0
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    escenas.devolver(escenas.observar_en(gestion, ana, {1: "OTRA VEZ."}, {}), ana)
    previos.update(**falla, tomado_en=timezone.now())
    assert reintentar(viejo, ana) == 1
    viejo.refresh_from_db()
    assert viejo.estado == "fallido"


@pytest.mark.parametrize("papel", ["analista", "jefatura", "auditoria", "consulta"])
def test_reintenta_quien_la_tiene_y_administracion(fallido, papel):
    """matriz.md §3: S, D, A*."""
    with pytest.raises(NoPermitido):
        reintentar(fallido, PersonalFactory(papel=papel))
    assert reintentar(fallido, PersonalFactory(papel="administracion")) == 1


def test_desde_la_mesa(fallido, ana, client):
    """matriz.md §3: by POST, and it says how many."""
    client.force_login(ana)
    direccion = reverse("reintentar_correo", args=[fallido.gestion])
    assert client.get(direccion).status_code == 405
    respuesta = client.post(direccion)
    assert respuesta.url == reverse("revision", args=[fallido.gestion])
    fallido.refresh_from_db()
    assert fallido.estado == "pendiente"


def test_administracion_vuelve_a_su_pagina_por_numero(fallido, client):
    """matriz.md §3: D retries, and sees no expediente."""
    client.force_login(PersonalFactory(papel="administracion"))
    respuesta = client.post(reverse("reintentar_correo", args=[fallido.gestion]), follow=True)
    assert respuesta.status_code == 200
    assert "Correos que se enviarán otra vez: 1." in respuesta.content.decode()
