"""Six months of silence: who is archived, who waits, and who acts in that very moment."""

from datetime import date, timedelta
from threading import Event

import pytest
from django.db import transaction
from django.db.models import F
from django.forms.models import model_to_dict

from bitacora.models import Evento
from notificaciones.models import Correo, Notificacion
from tests.fabricas import CiudadanoFactory, PersonalFactory
from tests.hilos import en_hilo
from tests.tramites import carreras, escenas
from tests.tramites.reloj import ARCHIVADO, BASE, ULTIMO, a_las, actos, dias_antes, entregar, parada
from tramites.acciones.archivar import Desenlace, archivar, archivar_inactivas, simular
from tramites.acciones.avisar_archivado import avisar_proximas
from tramites.acciones.retomar import retomar
from tramites.models import AvisoDeArchivado, Causa, Estado, Gestion

pytestmark = pytest.mark.django_db


A_TIEMPO = dias_antes(7)


def avisada(entregado: date = A_TIEMPO, **datos) -> Gestion:
    """Its seven-day reminder sent and delivered that day."""
    gestion = parada(**datos)
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    entregar(gestion, entregado)
    return gestion


def correr(hoy: date):
    return archivar_inactivas(hoy=hoy, ahora=a_las(hoy, 0))


def estado(gestion: Gestion) -> str:
    return Gestion.objects.get(pk=gestion.pk).estado


def test_el_ultimo_dia_no_archiva_y_el_siguiente_si():
    """T5, FB4: told on 11-06-2024, may act until 11-12-2024, archived on 12-12-2024."""
    gestion = avisada()
    assert correr(ULTIMO).archivadas == []
    assert estado(gestion) == Estado.OBSERVADA
    assert correr(ARCHIVADO).archivadas == [gestion.numero]
    gestion = Gestion.objects.get(pk=gestion.pk)
    assert gestion.estado == Estado.ARCHIVADA
    assert (gestion.causa_archivo, gestion.estado_al_archivar) == (Causa.PLAZO, Estado.OBSERVADA)
    assert gestion.archivada_en == a_las(ARCHIVADO, 0)
    assert (gestion.base_plazo, gestion.archivar_el) == (None, None)
    evento = Evento.objects.get(tipo="archivada")
    assert (evento.actor, evento.papel) == (None, "sistema")
    assert evento.datos == {"causa": "plazo", "estado": "OBSERVADA"}


@pytest.mark.parametrize(
    ("base", "archivado"),
    [
        (date(2024, 8, 31), date(2025, 3, 1)),
        (date(2023, 8, 31), date(2024, 3, 1)),
        (date(2024, 8, 30), date(2025, 3, 1)),
        (date(2024, 3, 31), date(2024, 10, 1)),
    ],
)
def test_el_fin_de_mes_se_recorta(base, archivado):
    """FB1: 31-08 plus six months is 28-02, or 29-02; archived the day after."""
    gestion = parada(base)
    ultimo = archivado - timedelta(days=1)
    avisar_proximas(hoy=ultimo - timedelta(days=7), ahora=a_las(ultimo - timedelta(days=7)))
    entregar(gestion, ultimo - timedelta(days=7))
    assert correr(ultimo).archivadas == []
    assert correr(archivado).archivadas == [gestion.numero]


def test_sin_aviso_entregado_espera_y_alerta():
    """FB3, FB5: queued is not delivered; the reminder that never went is sent, to be archived after it."""
    jefa = PersonalFactory(papel="jefatura")
    gestion = parada()
    corrida = correr(ARCHIVADO)
    assert (corrida.archivadas, corrida.en_espera) == ([], [gestion.numero])
    assert estado(gestion) == Estado.OBSERVADA
    assert actos(gestion, "archivo_en_espera") == [{"ciclo": 1}]
    assert Notificacion.objects.get(destinatario=jefa).plantilla == "archivo_en_espera"
    assert AvisoDeArchivado.objects.get().dias == 7
    assert actos(gestion, "aviso_archivo")[0]["archivar_el"] == "2024-12-19"
    assert Correo.objects.get().asunto == f"Gestión No. {gestion.numero}: le quedan 7 días para actuar"


def test_la_espera_termina_siete_dias_despues_de_entregado_el_aviso():
    """FB3: «al menos 7 días antes»."""
    gestion = parada()
    correr(ARCHIVADO)
    entregar(gestion, ARCHIVADO)
    assert correr(ARCHIVADO + timedelta(days=6)).en_espera == [gestion.numero]
    assert correr(ARCHIVADO + timedelta(days=7)).archivadas == [gestion.numero]


def test_repetirlo_en_espera_no_alerta_ni_avisa_dos_veces():
    """FB5, matriz.md §6: `archivo_en_espera` once in a cycle."""
    gestion = parada()
    for dia in range(5):
        correr(ARCHIVADO + timedelta(days=dia))
    assert len(actos(gestion, "archivo_en_espera")) == 1
    assert len(actos(gestion, "aviso_archivo")) == 1


def test_otro_ciclo_espera_y_alerta_de_nuevo():
    """matriz.md §6: the wait belongs to a cycle; a reminder of the former one counts for nothing."""
    gestion = avisada()
    with transaction.atomic():
        otra = Gestion.objects.select_for_update().get(pk=gestion.pk)
        otra.registrar_acto(a_las(ULTIMO))
        otra.save()
    assert correr(ARCHIVADO).archivadas == []
    siguiente = date(2025, 6, 12)
    assert correr(siguiente).en_espera == [gestion.numero]
    assert actos(gestion, "archivo_en_espera") == [{"ciclo": 2}]


@pytest.mark.parametrize(("entregado", "archiva"), [(dias_antes(6), True), (dias_antes(5), False)])
def test_el_aviso_cuenta_si_llego_siete_dias_antes_de_la_corrida(entregado, archiva):
    """FB3: to the day, in Guatemala."""
    gestion = avisada(entregado)
    assert (correr(ARCHIVADO).archivadas == [gestion.numero]) is archiva


def test_repetirlo_no_archiva_dos_veces():
    """FB5, matriz.md §3: repeating does nothing."""
    gestion = avisada()
    assert archivar(numero=gestion.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)) == Desenlace.ARCHIVADA
    assert archivar(numero=gestion.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)) is None
    assert correr(ARCHIVADO).archivadas == []
    assert len(actos(gestion, "archivada")) == 1


@pytest.mark.parametrize("de", ["RECIBIDA", "ADMITIDA", "ARCHIVADA"])
def test_el_tiempo_de_onsec_no_archiva_a_nadie(de):
    """FB1, matriz.md §3 `archivar`: only CREACION and OBSERVADA."""
    datos = {"recibida_en": a_las(BASE)}
    if de == "ARCHIVADA":
        datos |= {"causa_archivo": "plazo", "estado_al_archivar": "OBSERVADA", "archivada_en": a_las(BASE)}
    gestion = parada(estado=de, **datos)
    assert archivar(numero=gestion.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)) is None
    assert correr(ARCHIVADO).archivadas == []
    assert estado(gestion) == de


def test_sin_notificar_el_plazo_no_corre():
    """FB0: queued or returned does not count."""
    gestion = parada(notificada_en=None, base_plazo=None, archivar_el=None)
    assert correr(date(2030, 1, 1)).archivadas == []
    assert estado(gestion) == Estado.OBSERVADA


def test_un_borrador_se_archiva_igual_y_su_titular_lo_retoma():
    """FB2: the same reminders; nothing is erased; its owner takes it up again without jefatura."""
    gestion = avisada(estado=Estado.CREACION)
    assert correr(ARCHIVADO).archivadas == [gestion.numero]
    assert Correo.objects.get(plantilla="archivada").contexto["borrador"] is True
    gestion = retomar(numero=gestion.numero, actor=gestion.solicitante, ahora=a_las(ARCHIVADO))
    assert (gestion.estado, gestion.base_plazo) == (Estado.CREACION, ARCHIVADO)


def test_los_borradores_se_pueden_dejar_en_paz(settings):
    """FB2: `ARCHIVAR_BORRADORES`."""
    gestion = avisada(estado=Estado.CREACION)
    settings.ARCHIVAR_BORRADORES = False
    assert correr(ARCHIVADO).archivadas == []
    assert estado(gestion) == Estado.CREACION


def test_el_plazo_es_el_de_cada_gestion():
    """FB6: a parameter; each Gestión keeps its own."""
    gestion = parada(meses_archivo=3, archivar_el=date(2024, 9, 12))
    avisar_proximas(hoy=date(2024, 9, 4), ahora=a_las(date(2024, 9, 4)))
    entregar(gestion, date(2024, 9, 4))
    assert correr(date(2024, 9, 11)).archivadas == []
    assert correr(date(2024, 9, 12)).archivadas == [gestion.numero]
    assert Correo.objects.get(plantilla="archivada").contexto["plazo"] == "tres meses"


def test_simular_dice_y_no_toca():
    """FB5: `--simular`."""
    una, otra = avisada(), parada(BASE - timedelta(days=1), ciclo=3)
    antes = Evento.objects.count(), Correo.objects.count()
    simulacion = simular(hoy=ARCHIVADO)
    assert iter(simulacion) is simulacion  # one by one: a million stand nowhere at once
    assert list(simulacion) == [(una.numero, Desenlace.ARCHIVADA), (otra.numero, Desenlace.EN_ESPERA)]
    assert (Evento.objects.count(), Correo.objects.count()) == antes
    assert {estado(una), estado(otra)} == {Estado.OBSERVADA}


# ── one by one, and in lots ───────────────────────────────────────────────────


def _doscientas() -> list[Gestion]:
    """Returned ones and drafts, of several terms; reminders delivered, late, or never sent.

    Who has them may review them, has left, owns one of them, or is nobody; so may a supervisor own one.
    """
    ana, ida = PersonalFactory(), PersonalFactory(is_active=False)
    suyas = [CiudadanoFactory(cui=quien.cui) for quien in (ana, PersonalFactory(papel="jefatura"))]
    gestiones = []
    for n in range(200):
        de = Estado.OBSERVADA if n % 2 else Estado.CREACION
        quien = ana if n % 8 == 1 else ida
        asignada = (
            {"asignada_a": quien, "asignada_en": a_las(BASE), "en_cola_desde": a_las(BASE)}
            if n % 4 == 1
            else {}
        )
        de_quien = {"solicitante": suyas[n % 2], "titular_cui": suyas[n % 2].cui} if n % 20 in (1, 6) else {}
        gestiones.append(parada(estado=de, **asignada, **de_quien, meses_archivo=(6, 6, 3, 1)[n % 4]))
    con_aviso = [g for n, g in enumerate(gestiones) if n % 5]
    Gestion.objects.exclude(pk__in=[g.pk for g in con_aviso]).update(ciclo=2)
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    AvisoDeArchivado.objects.exclude(gestion__in=con_aviso).delete()
    for n, gestion in enumerate(con_aviso):
        entregar(gestion, dias_antes(7) if n % 3 else ULTIMO)
    return gestiones


# What each row has of its own: its key, its event's, and when the process wrote it.
PROPIO = {"id", "evento", "evento_id", "proximo_intento_en"}


def _lo_escrito(desde: dict[str, int]) -> list[list[dict]]:
    """Every row that a run leaves, whole but for what only says in which order it was written."""
    gestiones = [{**model_to_dict(g), "estado": g.estado} for g in Gestion.objects.order_by("numero")]
    avisos = list(AvisoDeArchivado.objects.values("gestion", "ciclo", "dias", "entregado_en"))
    de_ahora = (
        modelo.objects.filter(pk__gt=desde[modelo._meta.model_name])
        for modelo in (Evento, Notificacion, Correo)
    )
    escritos = [
        [
            {c: bool(v) if c == "message_id" else v for c, v in fila.items() if c not in PROPIO}
            for fila in nuevas.values()
        ]
        for nuevas in de_ahora
    ]
    con_su_acto = list(
        Correo.objects.filter(pk__gt=desde["correo"], gestion=F("evento__gestion")).values(
            "gestion", "plantilla", "evento__tipo"
        )
    )
    return [sorted(filas, key=str) for filas in (gestiones, avisos, *escritos, con_su_acto)]


def test_de_una_en_una_y_por_lotes_escriben_las_mismas_filas(monkeypatch):
    """FB5, arquitectura.md «A datum's way» 5: the same 200 Gestiones, rows, events and notices."""
    monkeypatch.setattr("tramites.acciones.archivar.LOTE", 30)
    gestiones = _doscientas()
    desde = {
        "evento": Evento.objects.latest("pk").pk,
        "notificacion": Notificacion.objects.latest("pk").pk,
        "correo": Correo.objects.latest("pk").pk,
    }
    escritos = []
    for forma in (
        lambda: [archivar(numero=g.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)) for g in gestiones],
        lambda: archivar_inactivas(hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)),
    ):
        with transaction.atomic():
            forma()
            escritos.append(_lo_escrito(desde))
            transaction.set_rollback(True)
    de_una_en_una, por_lotes = escritos
    assert de_una_en_una == por_lotes
    archivadas = [g for g in por_lotes[0] if g["estado"] == Estado.ARCHIVADA]
    assert 0 < len(archivadas) < 200
    dichas = {(aviso["plantilla"], aviso["destinatario_id"]) for aviso in por_lotes[3]}
    assert len(dichas) > 100


def test_por_lotes_no_pregunta_de_una_en_una(django_assert_max_num_queries):
    """P: as many queries for 40 as for one, but for the loop of lots."""
    for _ in range(40):
        parada()
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    AvisoDeArchivado.objects.update(entregado_en=a_las(dias_antes(7)))
    with django_assert_max_num_queries(20):
        assert len(correr(ARCHIVADO).archivadas) == 40


# ── at once ───────────────────────────────────────────────────────────────────


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_corridas_a_la_vez_archivan_una_vez():
    """FB5, S13: neither archived, nor told, nor written twice."""
    archivables = [avisada() for _ in range(10)]
    AvisoDeArchivado.objects.update(entregado_en=a_las(dias_antes(7)))
    esperan = [parada() for _ in range(5)]
    corridas = carreras.correr(lambda _: archivar_inactivas(hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)))
    archivadas = sorted(n for corrida in corridas for n in corrida.archivadas)
    assert archivadas == sorted(g.numero for g in archivables)
    for gestion in archivables:
        assert len(actos(gestion, "archivada")) == 1
        assert Correo.objects.filter(gestion=gestion.numero, plantilla="archivada").count() == 1
    for gestion in esperan:
        assert len(actos(gestion, "archivo_en_espera")) == 1
        assert len(actos(gestion, "aviso_archivo")) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_quien_esta_guardando_gana():
    """FB5: the person holds the row; the run passes by, and the act starts the clock again."""
    persona = escenas.titular()
    gestion = escenas.nueva(persona, ahora=a_las(BASE))
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    entregar(gestion, dias_antes(7))
    guardando, ya = Event(), Event()

    def guardar():
        with transaction.atomic():
            escenas.guardar(gestion, "datos-generales", ahora=a_las(ARCHIVADO))
            guardando.set()
            ya.wait(20)

    hilo = en_hilo(guardar)
    assert guardando.wait(20)
    assert correr(ARCHIVADO).archivadas == []
    assert archivar(numero=gestion.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO)) is None
    ya.set()
    hilo.join(20)
    assert correr(ARCHIVADO).archivadas == []
    gestion.refresh_from_db()
    assert (gestion.estado, gestion.base_plazo, gestion.ciclo) == (Estado.CREACION, ARCHIVADO, 2)


@pytest.mark.parametrize("lote", [True, False])
def test_se_archiva_despues_del_ultimo_acto_aunque_el_reloj_atrase(db, lote):
    """Both forms: the archive of a row is later than whatever another machine wrote on it."""
    gestion, ultimo = avisada(), a_las(ARCHIVADO, 9)
    Gestion.objects.update(ultimo_acto_en=ultimo)
    if lote:
        archivar_inactivas(hoy=ARCHIVADO, ahora=a_las(ARCHIVADO, 8))
    else:
        archivar(numero=gestion.numero, hoy=ARCHIVADO, ahora=a_las(ARCHIVADO, 8))
    gestion = Gestion.objects.get()
    assert gestion.archivada_en == gestion.ultimo_acto_en > ultimo
    assert Evento.objects.get(tipo="archivada").ocurrido_en == gestion.archivada_en
