/**
 * Enhancements of every page; without them each page still does its whole job.
 * Listeners hang from the document, so content swapped in later (cargar.js) needs no wiring.
 */
const MINUTO = 60_000;

// --- Errors: the summary takes the focus, so that it is read first -------------------------------
document.querySelector("[data-resumen]")?.focus();

// --- Double submission: the same button pressed again within eight seconds is ignored; another of
// the same form is not (after «Guardar y Descargar» the page stays, and «Continuar» follows) --------
const ESPERA = 8_000;
let enviados = new WeakMap();
const olvidar = () => (enviados = new WeakMap());
document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  if (evento.defaultPrevented || formulario.method !== "post") return;
  const anterior = enviados.get(formulario);
  if (anterior?.boton === evento.submitter && Date.now() - anterior.hora < ESPERA) {
    evento.preventDefault();
    return;
  }
  enviados.set(formulario, { boton: evento.submitter, hora: Date.now() });
});
addEventListener("pageshow", olvidar);

// --- A download leaves the page as it is: the errors of the attempt before do not stay ------------
document.addEventListener("submit", (evento) => {
  if (evento.defaultPrevented || evento.submitter?.value !== "descargar") return;
  document.querySelectorAll("[data-resumen], .campo > .error").forEach((error) => (error.hidden = true));
  evento.target.querySelectorAll(".campo.mal").forEach((campo) => campo.classList.remove("mal"));
});
document.addEventListener("ceo:reintento", olvidar);

// --- Phone menu: Escape closes it and gives the focus back ---------------------------------------
document.addEventListener("keydown", (evento) => {
  const menu = document.querySelector(".menu[open]");
  if (evento.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// --- Session: a warning minutes before it ends, in every open tab --------------------------------
const { sesion, latido } = document.body.dataset;
const aviso = document.getElementById("aviso-sesion");
if (sesion && aviso) vigilarSesion(Number(sesion) * MINUTO, Number(aviso.dataset.minutos) * MINUTO);

function vigilarSesion(duracion, antes) {
  const canal = new BroadcastChannel("sesion");
  let vence, reloj;

  const mostrar = (estado) => {
    // What waits in a form that does not save itself is kept by sending it (mensajes.md §5).
    const parte = estado === "cerrada" && hayEscrito() ? "escrita" : estado;
    aviso.querySelectorAll("[data-parte]").forEach((e) => (e.hidden = e.dataset.parte !== parte));
    if (!aviso.open) aviso.showModal();
  };
  // The page may have slept (a locked telephone): the clock is compared, never counted.
  const mirar = () => {
    const falta = vence - Date.now();
    if (falta <= 0) mostrar("cerrada");
    else if (falta <= antes) mostrar("aviso");
    else if (aviso.open) aviso.close();
    clearTimeout(reloj);
    if (falta > 0) reloj = setTimeout(mirar, falta > antes ? falta - antes : falta);
  };
  const renovar = () => {
    vence = Date.now() + duracion;
    mirar();
  };
  const anunciar = () => {
    renovar();
    canal.postMessage("viva");
  };

  aviso.querySelector("[data-seguir]").addEventListener("click", async () => {
    try {
      const respuesta = await fetch(latido, { method: "HEAD", redirect: "manual", cache: "no-store" });
      if (respuesta.ok) anunciar();
      else mostrar("cerrada");
    } catch {
      mostrar("aviso"); // no network: the warning stays and the person may press again
    }
  });
  aviso.querySelector("[data-cerrar]").addEventListener("click", () => aviso.close());
  canal.addEventListener("message", renovar);
  document.addEventListener("ceo:actividad", anunciar);
  document.addEventListener("visibilitychange", () => document.hidden || mirar());
  anunciar();
}

function hayEscrito() {
  const tocado = (c) => c.matches("textarea, input:not([type=hidden], [type=file])") && c.value !== c.defaultValue;
  return [...document.forms].some((f) => f.method === "post" && !("autoguardado" in f.dataset) && [...f.elements].some(tocado));
}
