// Runs in the page, before its own scripts: what the browser itself notes of a visit. Times in ms.
const notes = { month: 0, chart: 0, shift: 0, moved: [] };

function look() {
  if (document.querySelector('[aria-label="Month"] data')) notes.month ||= performance.now();
  if (document.querySelector('canvas')) notes.chart ||= performance.now();
  if (!notes.month || !notes.chart) requestAnimationFrame(look);
}
look();

new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    notes.shift += value;
    notes.moved.push(...sources.map(({ node }) => node?.textContent?.slice(0, 30) ?? ''));
  }
}).observe({ type: 'layout-shift', buffered: true });

globalThis.readNotes = () => {
  const responses = performance.getEntriesByType('resource');
  return {
    ...notes,
    settled: Math.max(...responses.map(({ responseEnd }) => responseEnd)),
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    requests: responses.map(({ name, startTime, responseEnd }) => ({
      path: name.slice(location.origin.length),
      from: startTime,
      to: responseEnd,
    })),
    bytes: responses.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  };
};
