"""The Gestión: one numbered procedure of one person, and its states."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from escritura.indices import trigramas
from escritura.orden import clave_busqueda
from escritura.preparadas import Objetos, Parametro
from tramites.definicion import ContextoPaso, Paso, Respuestas, orden
from tramites.formularios import PasoForm

from .estado import Causa, Estado
from .pedido import Pedido
from .transiciones import Transiciones

# More than the longest valid name: six of 60 letters, their spaces and «DE».
LARGO_NOMBRE = 400
# The queue's order: what entered it first, and beyond it what came first.
COLA = ("en_cola_desde", "recibida_en", "numero")
VIGENTE = models.Q(versiones__anulada_en__isnull=True)
ENVIADA, SIN_ENVIAR = models.Q(recibida_en__isnull=False), models.Q(recibida_en__isnull=True)
# What is not decided, which the statistics count without reading a row. No list says that it is not archived,
# which goes without saying: so none walks this index instead of its own.
EN_MANO = models.Q(estado__in=(Estado.RECIBIDA, Estado.OBSERVADA), archivada_en__isnull=True)


def por_renglon(documento: Any) -> tuple[Any, ...]:
    """The order of files: by renglón and, in each, as they were loaded."""
    return orden(documento.renglon), documento.subido_en


class GestionQuerySet(models.QuerySet["Gestion"]):
    """How Gestiones are read."""

    def de(self, solicitante: Any) -> "GestionQuerySet":
        """Only that person's, with their answers, forms and files: five queries however many."""
        return (
            self.filter(solicitante=solicitante)
            .select_related("solicitante")
            .prefetch_related("respuestas", "versiones", "documentos", "envios")
        )


class Gestion(Pedido, Transiciones):
    """A person's procedure, from the draft to its end.

    `numero` is for life and never reused; it has gaps (requisitos.md C5). `version` counts every
    change, so that whoever decides says which one was seen. `ficha` makes creation idempotent.
    """

    numero = models.BigAutoField("número", primary_key=True)
    tramite = models.CharField("trámite", max_length=30)
    tramite_version = models.PositiveSmallIntegerField("versión del trámite")
    solicitante = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="solicitante",
        on_delete=models.PROTECT,
        related_name="gestiones",
        db_index=False,  # those below begin with it
    )
    ficha = models.UUIDField("ficha de creación", unique=True, editable=False)
    creada_en = models.DateTimeField("creada en")
    asignada_a = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="analista",
        null=True,
        on_delete=models.PROTECT,
        related_name="asignadas",
        db_index=False,
    )
    asignada_en = models.DateTimeField("asignada en", null=True)
    titular_nombre = models.CharField("nombre del titular", max_length=LARGO_NOMBRE)
    titular_busqueda = models.CharField("nombre para buscar", max_length=LARGO_NOMBRE)
    titular_cui = models.CharField("CUI del titular", max_length=13)

    objects = GestionQuerySet.as_manager()

    class Meta:
        verbose_name = "Gestión"
        verbose_name_plural = "Gestiones"
        ordering = ["numero"]
        indexes = [
            models.Index(fields=["solicitante", "numero"], name="tramites_gestion_solicitante"),
            # The desk's lists are merges of walks through these four, and of nothing else
            # (docs/decisiones/0031-la-bandeja-se-recorre-por-sus-claves.md).
            models.Index(fields=["estado", *COLA], name="tramites_cola_por_estado"),
            models.Index(fields=["asignada_a", "estado", *COLA], name="tramites_cola_de_analista"),
            models.Index(fields=["estado", "numero"], condition=ENVIADA, name="tramites_numero_por_estado"),
            models.Index(fields=["asignada_a", "estado", "numero"], name="tramites_numero_de_analista"),
            # The same two of one procedure, so that a rare one is met at once.
            models.Index(fields=["tramite", "estado", *COLA], name="tramites_cola_por_tramite"),
            models.Index(
                fields=["tramite", "estado", "numero"], condition=ENVIADA, name="tramites_numero_por_tramite"
            ),
            models.Index(fields=["numero"], condition=SIN_ENVIAR, name="tramites_borradores"),
            models.Index(
                fields=["estado", "asignada_a", "en_cola_desde"], condition=EN_MANO, name="tramites_en_mano"
            ),
            trigramas("titular_busqueda", condition=ENVIADA, name="tramites_gestion_nombre"),
            models.Index(
                fields=["archivar_el", "numero"],
                condition=models.Q(archivar_el__isnull=False),
                name="tramites_gestion_vence",
            ),
            models.Index(fields=["titular_cui"], name="tramites_gestion_cui"),
            models.Index(
                fields=["admitida_en"],
                condition=models.Q(admitida_en__isnull=False),
                name="tramites_gestion_admitida",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(estado__in=Estado.values), name="tramites_gestion_estado_conocido"
            ),
            models.CheckConstraint(
                condition=models.Q(estado=Estado.CREACION)
                | models.Q(recibida_en__isnull=False)
                | models.Q(estado=Estado.ARCHIVADA),
                name="tramites_gestion_recibida_con_fecha",
            ),
            models.CheckConstraint(
                condition=models.Q(estado=Estado.ARCHIVADA)
                & ~models.Q(causa_archivo="")
                & ~models.Q(estado_al_archivar="")
                | ~models.Q(estado=Estado.ARCHIVADA)
                & models.Q(causa_archivo="", estado_al_archivar="", archivada_en__isnull=True),
                name="tramites_gestion_archivo_coherente",
            ),
            models.CheckConstraint(
                condition=models.Q(asignada_a__isnull=True) | models.Q(recibida_en__isnull=False),
                name="tramites_gestion_asignada_si_recibida",
            ),
        ]

    def __str__(self) -> str:
        return f"Gestión No. {self.numero}"

    @classmethod
    def de(cls, solicitante: Any, numero: int) -> "Gestion":
        """The person's own Gestión, related rows read when needed; `DoesNotExist` if not theirs (C9)."""
        gestion = next(iter(_propia.con(solicitante=solicitante.pk, numero=numero)), None)
        if gestion is None:
            raise cls.DoesNotExist
        gestion.solicitante = solicitante
        gestion.dar_por_vigente(gestion.__dict__.get("vigente"))
        return gestion

    def dar_por_vigente(self, version: Any) -> None:
        """That is the form in force, or none is: it is not looked for."""
        self.__dict__["vigente"] = version

    # The query by which each relation is read, if it is not all of its columns (consultas/expediente.py).
    lecturas: Mapping[str, Objetos[Any]] = MappingProxyType({})

    def suyos(self, relacion: str) -> Collection[Any]:
        """The rows of that relation, queried the first time and remembered by this object."""
        if relacion in getattr(self, "_prefetched_objects_cache", ()):
            return getattr(self, relacion).all()
        leidos = self.__dict__.setdefault("_leidos", {})
        if relacion not in leidos:
            leidos[relacion] = (self.lecturas.get(relacion) or _suyos(relacion)).con(gestion=self.pk)
            for fila in leidos[relacion]:
                fila.gestion = self
        return leidos[relacion]

    def releer(self, relacion: str) -> None:
        """Forget the rows read of that relation, because they have changed."""
        for leidos in ("_prefetched_objects_cache", "_leidos"):
            self.__dict__.get(leidos, {}).pop(relacion, None)

    @property
    def editable(self) -> bool:
        """Whether it is a draft: everything is open to its owner."""
        return self.estado == Estado.CREACION

    @property
    def en_correccion(self) -> bool:
        """Whether ONSEC returned it: only what was observed is open (`reglas.correccion`)."""
        return self.estado == Estado.OBSERVADA

    @property
    def retomable(self) -> bool:
        """Whether it is a draft archived by time, which its owner takes up again alone (FB2)."""
        return self.causa_archivo == Causa.PLAZO and self.estado_al_archivar == Estado.CREACION

    @property
    def ronda(self) -> int:
        """Number of its last sending; 0 before the first."""
        ultimo = self.ultimo_envio
        return ultimo.ronda if ultimo else 0

    @property
    def ultimo_envio(self) -> Any:
        """Its last sending; None before the first."""
        if self.recibida_en is None:
            return None
        return max(self.suyos("envios"), key=lambda e: e.ronda, default=None)

    @property
    def fecha_ingreso(self) -> date:
        """Guatemala's date of creation until sent, then that of the first sending (C5)."""
        return timezone.localdate(self.recibida_en or self.creada_en)

    @property
    def codigo_solicitado(self) -> str:
        """«aammdd hhmmss» of the creation, shown in the files window (E2)."""
        return f"{timezone.localtime(self.creada_en):%y%m%d %H%M%S}"

    @property
    def ultimo_dia(self) -> date | None:
        """Last day to act before archiving; None while the clock does not run (FB2: a draft's may not)."""
        corre = self.estado != Estado.CREACION or settings.ARCHIVAR_BORRADORES
        return self.archivar_el - timedelta(days=1) if self.archivar_el and corre else None

    def contexto_paso(self, hoy: date, respuestas: Respuestas | None = None) -> ContextoPaso:
        """What the steps' forms may know: the account and the answers, if not told which, as saved."""
        s = self.solicitante
        if respuestas is None:
            respuestas = {r.paso: r.valores for r in self.suyos("respuestas")}
        return ContextoPaso(
            cui=s.cui or "",
            correo=s.email,
            nombres={
                "primer_nombre": s.primer_nombre,
                "segundo_nombre": s.segundo_nombre,
                "primer_apellido": s.primer_apellido,
                "segundo_apellido": s.segundo_apellido,
            },
            fecha_nacimiento=s.fecha_nacimiento,
            hoy=hoy,
            respuestas=respuestas,
        )

    def valores_de(self, paso: Paso) -> dict[str, str] | None:
        """What was saved in a step, None if nothing yet ."""
        return next((r.valores for r in self.suyos("respuestas") if r.paso == paso.clave), None)

    @property
    def nombre_escrito(self) -> str:
        """The owner's name as it stands in the steps; the office reads that of what was sent."""
        valores = self.valores_de(self.definicion.formularios[0])
        return self.definicion.nombre_completo(valores) if valores else self.titular_nombre

    def nombrar(self, nombre: str) -> None:
        """Set the owner's name and its searchable form, cut to their columns: a draft's may be longer."""
        for campo, valor in self.campos_de_nombre(nombre).items():
            setattr(self, campo, valor)

    @staticmethod
    def campos_de_nombre(nombre: str) -> dict[str, str]:
        """The columns of a name."""
        buscable = clave_busqueda(nombre)
        return {"titular_nombre": nombre[:LARGO_NOMBRE], "titular_busqueda": buscable[:LARGO_NOMBRE]}

    def formulario(self, paso: Paso, hoy: date) -> PasoForm:
        """The step's form bound to what was saved, to validate or to read it."""
        return paso.clase_formulario(self.valores_de(paso) or {}, contexto=self.contexto_paso(hoy))

    def formulario_abierto(self, paso: Paso, hoy: date) -> PasoForm:
        """The step's form to be filled: what was saved, or what the account already knows."""
        contexto = self.contexto_paso(hoy)
        return paso.clase_formulario(contexto=contexto, initial=self._por_llenar(paso, contexto))

    def mostrado(self, paso: Paso, hoy: date) -> dict[str, str]:
        """What the page of that form holds while nobody touches it."""
        return paso.clase_formulario.mostraria(self._por_llenar(paso, self.contexto_paso(hoy)))

    def _por_llenar(self, paso: Paso, contexto: ContextoPaso) -> dict[str, str]:
        return self.valores_de(paso) or paso.clase_formulario.iniciales(contexto) | self._compartidos()

    def _compartidos(self) -> dict[str, str]:
        """The fields that several steps ask, as last saved in any of them (B2.2)."""
        return {
            campo: valor
            for r in self.suyos("respuestas")
            for campo, valor in r.valores.items()
            if campo in self.definicion.campos_compartidos
        }

    @property
    def formulario_vigente(self) -> Any:
        """The frozen version in force, None when never confirmed or voided."""
        conocida = "vigente" in self.__dict__
        versiones = [self.__dict__["vigente"]] if conocida else self.suyos("versiones")
        return next((v for v in versiones if v and v.anulada_en is None), None)

    @property
    def documentos_vigentes(self) -> list[Any]:
        """Files not withdrawn, in order of renglón and loading."""
        return sorted(
            (d for d in self.suyos("documentos") if d.retirado_en is None),
            key=por_renglon,
        )

    @property
    def documentos_que_cuentan(self) -> list[Any]:
        """The files that count for ONSEC now: see `documentos_al`."""
        return self.documentos_al(None)

    def documentos_al(self, momento: datetime | None) -> list[Any]:
        """The files that counted for ONSEC at that moment (None: now), in order of renglón and loading.

        What is shown, judged, certified and counted is this and nothing else: what had been sent, was not
        withdrawn at the last sending, is in a renglón that its answers ask for and, in that of the printed
        form, answers the version sent.
        """
        envios = {e.pk: e for e in self.suyos("envios") if momento is None or e.enviado_en <= momento}
        ultimo = max(envios.values(), key=lambda e: e.ronda, default=None)
        if ultimo is None:
            return []
        enviados = (d for d in self.suyos("documentos") if d.envio_id in envios)
        presentes = (d for d in enviados if d.retirado_en is None or d.retirado_en > ultimo.enviado_en)
        segun = self.definicion.renglones(self.respuestas_de(ultimo))
        pedidos = {r.numero for r in segun if r.aplica}
        cuentan = (
            d
            for d in presentes
            if self.responde(d, ultimo.version_formulario_id)
            and d.renglon in pedidos
            and (momento is None or d.subido_en <= momento)
        )
        return sorted(cuentan, key=por_renglon)

    def responde(self, documento: Any, version_id: int | None) -> bool:
        """Whether the file answers that version of the printed form, or another renglón (matriz.md §4)."""
        de_la_forma = documento.renglon == self.definicion.renglon_formulario
        return not de_la_forma or (version_id is not None and documento.version_formulario_id == version_id)


def _parametro(campo: str) -> Parametro:
    return Parametro(campo, Gestion._meta.get_field(campo))


# Of a person, with the form in force if there is one.
_propia = Objetos(
    lambda: (
        Gestion.objects.filter(solicitante=_parametro("solicitante"), numero=_parametro("numero"))
        .annotate(vigente=models.FilteredRelation("versiones", condition=VIGENTE))
        .select_related("vigente")  # type: ignore[misc]
    )
)


@cache
def _suyos(relacion: str) -> Objetos[Any]:
    """The whole of a relation of one Gestión."""
    modelo: Any = Gestion._meta.get_field(relacion).related_model
    return Objetos(lambda: modelo._default_manager.filter(gestion=Parametro("gestion", Gestion._meta.pk)))
