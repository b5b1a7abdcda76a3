// <time datetime="..." data-local>: the moment in the reader's own zone, where it differs from the
// conference's. The words around it come from the page: data-local="for you: {time}".
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang.replace(/^en$/, "en-GB");  // 24 hours, as everywhere

const clock = (moment, timeZone) => new Intl.DateTimeFormat(language, {
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone,
}).format(moment);

for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const zone = time.dataset.zone;
  const own = clock(moment, here);
  if (Number.isNaN(moment.valueOf()) || (zone && own === clock(moment, zone))) continue;
  const words = document.createElement("span");
  words.className = "local-time";
  words.textContent = (time.dataset.local || "{time}").replace("{time}", own);
  time.after(" ", words);
}
