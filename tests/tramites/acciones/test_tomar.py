"""Two people never hold one Gestión."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.fabricas import CiudadanoFactory, GestionFactory
from tests.tramites import escenas
from tests.tramites.carreras import HILOS, correr
from tramites.acciones.liberar import liberar
from tramites.acciones.reasignar import reasignar
from tramites.acciones.tomar import tomar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Estado, Gestion, Resultado
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import Conflicto

AHORA = timezone.now()
JEFATURA = Usuario.Papel.JEFATURA


def en_cola(**datos) -> Gestion:
    """A row in the queue, without its files: enough to be taken."""
    datos = {"recibida_en": AHORA, "en_cola_desde": AHORA} | datos
    return GestionFactory(estado=Estado.RECIBIDA, **datos)


def hacer(accion, gestion: Gestion, quien: Usuario, **datos) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    return accion(numero=gestion.numero, actor=quien, version=gestion.version, ahora=AHORA, **datos)


@pytest.mark.parametrize("papel", [Usuario.Papel.ANALISTA, JEFATURA])
def test_quien_revisa_la_toma(titular, papel):
    """matriz.md §3 `tomar`: A and J; the taking is an event."""
    quien = escenas.analista(papel=papel)
    gestion = escenas.tomada(titular, quien)
    assert gestion.asignada_a == quien
    evento = Evento.objects.get(tipo="tomada")
    assert evento.datos == {"anterior": None, "nuevo": quien.pk}


@pytest.mark.parametrize("papel", ["administracion", "auditoria", "consulta"])
def test_los_demas_papeles_no_la_toman(db, papel):
    """matriz.md §3: 403."""
    quien = escenas.analista(papel=papel)
    gestion = en_cola()
    with pytest.raises(NoPermitido):
        tomar(numero=gestion.numero, actor=quien, ahora=AHORA)
    with pytest.raises(NoPermitido):
        tomar_siguiente(actor=quien, ahora=AHORA)


def test_un_ciudadano_no_toma_ni_la_suya(db):
    """matriz.md §1: neither X nor T."""
    gestion = en_cola()
    for persona in (gestion.solicitante, CiudadanoFactory()):
        with pytest.raises(NoPermitido):
            tomar(numero=gestion.numero, actor=persona, ahora=AHORA)


def test_la_de_otro_dice_quien_la_tomo(db):
    """mensajes.md §3, desk."""
    gestion, una = en_cola(), escenas.analista(primer_nombre="MARTA", primer_apellido="XOL")
    tomar(numero=gestion.numero, actor=una, ahora=AHORA)
    with pytest.raises(Conflicto) as rechazo:
        tomar(numero=gestion.numero, actor=escenas.analista(), ahora=AHORA)
    assert rechazo.value.mensaje == "MARTA XOL ya tomó esta Gestión. Elija otra."


def test_tomar_la_propia_otra_vez_no_hace_nada(db):
    gestion, una = en_cola(), escenas.analista()
    for _ in range(2):
        assert tomar(numero=gestion.numero, actor=una, ahora=AHORA).asignada_a == una
    assert Evento.objects.filter(tipo="tomada").count() == 1


@pytest.mark.parametrize("estado", ["creacion", "observada", "admitida", "archivada"])
def test_solo_se_toma_la_recibida(titular, estado):
    """matriz.md §3: 409 in every other state, also for whoever held it."""
    quien = escenas.analista()
    gestion = {
        "creacion": lambda: escenas.completa(titular),
        "observada": lambda: escenas.observada(titular, quien),
        "admitida": lambda: escenas.admitida(titular, quien),
        "archivada": lambda: escenas.desistida(escenas.recibida(titular)),
    }[estado]()
    with pytest.raises(Conflicto):
        tomar(numero=gestion.numero, actor=quien, ahora=AHORA)
    assert tomar_siguiente(actor=quien, ahora=AHORA) is None


def test_la_siguiente_es_la_mas_antigua_en_cola(db):
    """F1: by the day it entered the queue, not by number."""
    nueva = en_cola()
    vieja = en_cola(en_cola_desde=AHORA - timezone.timedelta(days=2))
    quien = escenas.analista()
    assert [tomar_siguiente(actor=quien, ahora=AHORA) for _ in range(3)] == [vieja, nueva, None]


def test_nadie_toma_una_de_su_mismo_cui(db):
    """matriz.md §2, S18: 403, and «Tomar siguiente» passes over it."""
    gestion = en_cola()
    gemela = escenas.analista(cui=gestion.titular_cui)
    with pytest.raises(NoPermitido):
        tomar(numero=gestion.numero, actor=gemela, ahora=AHORA)
    assert tomar_siguiente(actor=gemela, ahora=AHORA) is None
    with pytest.raises(NoPermitido):
        hacer(reasignar, gestion, escenas.analista(papel=JEFATURA), a=gemela)


def test_liberar_la_devuelve_a_la_cola_con_sus_veredictos(titular):
    """matriz.md §5: the drafts belong to the Gestión."""
    quien = escenas.analista()
    gestion = escenas.tomada(titular, quien)
    escenas.dictaminar(gestion, quien, renglon=1, resultado=Resultado.OBSERVADO, texto=escenas.FIRMA)
    assert hacer(liberar, gestion, quien).asignada_a is None
    otra = tomar_siguiente(actor=escenas.analista(), ahora=AHORA)
    assert otra.veredictos.get().texto == escenas.FIRMA


def test_liberar_es_de_quien_la_tiene_o_de_jefatura(titular):
    """matriz.md §3 `liberar`: RECIBIDA A* and J; OBSERVADA only J; ADMITIDA 409."""
    quien, jefa = escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.tomada(titular, quien)
    with pytest.raises(NoPermitido):
        hacer(liberar, gestion, escenas.analista())
    gestion = escenas.devolver(escenas.observar_en(gestion, quien, {1: escenas.FIRMA}, {}), quien)
    with pytest.raises(NoPermitido):
        hacer(liberar, gestion, quien)
    assert hacer(liberar, gestion, jefa).asignada_a is None
    admitida = escenas.admitida(escenas.titular(), quien)
    for persona in (quien, jefa):
        with pytest.raises(Conflicto):
            hacer(liberar, admitida, persona)


def test_reasignar_es_de_jefatura(titular):
    """matriz.md §3 `reasignar`: RECIBIDA and OBSERVADA, J; to whoever may review."""
    una, otra, jefa = escenas.analista(), escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.tomada(titular, una)
    with pytest.raises(NoPermitido):
        hacer(reasignar, gestion, una, a=otra)
    assert hacer(reasignar, gestion, jefa, a=otra).asignada_a == otra
    assert Evento.objects.get(tipo="reasignada").datos == {"anterior": una.pk, "nuevo": otra.pk}
    for mala in (escenas.analista(papel="consulta"), escenas.analista(is_active=False), titular):
        with pytest.raises(NoPermitido):
            hacer(reasignar, gestion, jefa, a=mala)


def test_jefatura_que_se_la_asigna_actua_como_analista(titular):
    """matriz.md §1."""
    jefa = escenas.analista(papel=JEFATURA)
    gestion = escenas.recibida(titular)
    with pytest.raises(NoPermitido):
        escenas.dictaminar(gestion, jefa, renglon=2)
    hacer(reasignar, gestion, jefa, a=jefa)
    assert escenas.dictaminar(gestion, jefa, renglon=2).veredictos.count() == 1


def test_quien_decide_sobre_lo_que_ya_cambio_de_manos_lo_sabe(titular):
    """mensajes.md §4: «{Nombre} la tiene ahora.»; one's own other tab is not somebody else."""
    una, jefa = escenas.analista(), escenas.analista(papel=JEFATURA)
    otra = escenas.analista(primer_nombre="MARTA", primer_apellido="XOL")
    gestion = escenas.tomada(titular, una)
    escenas.dictaminar(gestion, una, renglon=2)
    with pytest.raises(Conflicto, match="Otra pestaña"):
        liberar(numero=gestion.numero, actor=una, version=gestion.version, ahora=AHORA)
    hacer(reasignar, gestion, jefa, a=otra)
    with pytest.raises(Conflicto, match=r"MARTA XOL la tiene ahora\."):
        liberar(numero=gestion.numero, actor=una, version=gestion.version, ahora=AHORA)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_toman_la_misma_y_una_sola_persona_la_tiene():
    """S23."""
    gestion, personas = en_cola(), [escenas.analista() for _ in range(HILOS)]
    salidas = correr(
        lambda n: tomar(numero=gestion.numero, actor=personas[n], ahora=AHORA).asignada_a_id, Conflicto
    )
    ganadoras = [pk for pk in salidas if not isinstance(pk, Conflicto)]
    assert ganadoras == [Gestion.objects.get(pk=gestion.pk).asignada_a_id]
    assert Evento.objects.filter(tipo="tomada").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_toman_la_siguiente_y_ninguna_se_repite():
    """experiencia.md §3 «Get next»: nobody waits for nobody, and no Gestión is given twice."""
    for _ in range(15):
        en_cola()
    personas = [escenas.analista() for _ in range(HILOS)]
    salidas = correr(lambda n: tomar_siguiente(actor=personas[n], ahora=AHORA))
    dadas = [g.pk for g in salidas if g]
    assert len(dadas) == len(set(dadas)) == 15
    assert Evento.objects.filter(tipo="tomada").count() == 15


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_decidir_y_reasignar_a_la_vez_es_una_sola_de_las_dos():
    """S23, S24: both saw the same version; one of twenty stands."""
    una, otra, jefa = escenas.analista(), escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), una), una, {1: escenas.FIRMA}, {})

    def intento(n: int) -> str:
        datos = {"numero": gestion.numero, "version": gestion.version, "ahora": AHORA}
        if n % 2:
            escenas.observar(actor=una, motivo="", **datos)
            return "previo"
        reasignar(actor=jefa, a=otra, **datos)
        return "reasignada"

    hechas = [s for s in correr(intento, Conflicto, NoPermitido) if isinstance(s, str)]
    assert len(hechas) == 1
    gestion = Gestion.objects.get(pk=gestion.pk)
    assert (gestion.estado == Estado.OBSERVADA) is (hechas == ["previo"])
    assert (gestion.asignada_a == otra) is (hechas == ["reasignada"])
    assert gestion.previos.count() == hechas.count("previo")
