// A long history, as the app notes it: what a browser keeps of many ended sittings.

const COURSES = ['level-1', 'level-2', 'level-3', 'gdpr', 'ihe-xds', 'pacs-migration', 'crisis'];
const FACETS = ['it', 'clinical', 'legal', 'case', 'analysis'];
const VERDICTS = ['Pass', 'Borderline pass', 'Borderline fail', 'Fail'];
const DAY = 86_400_000;

/** The notes of `count` sittings, one a day before `now`: `[key, value]` of the store. 40 questions each, of the 120 that each of seven courses asks here. */
export function history(count, now) {
  return Array.from({ length: count }, (_, number) => {
    const place = number % COURSES.length;
    const course = COURSES[place];
    const ended = now - (count - number) * DAY;
    const id = (ended - 3_600_000).toString(36);
    const groups = Array.from({ length: 6 }, (_, topic) => {
      const own = Array.from({ length: 40 }, (_, at) => at).filter((at) => at % 6 === topic);
      return {
        topic: `${course}/topic-${topic}`,
        tier: (topic % 4) + 1,
        facet: FACETS[(topic + place) % FACETS.length],
        difficulty: (topic % 3) + 1,
        ids: own.map((at) => `${course}-${String((at + number * 7) % 120).padStart(3, '0')}`),
        got: own.map((at) => [100, 100, 0, 67, 100][(at * number) % 5]),
      };
    });
    const percent = 40 + ((number * 13) % 55);
    const note = {
      tierwise: 1,
      id,
      mode: number % 2 ? 'Practice' : 'Exam',
      extra_time: '1',
      started: ended - 3_600_000,
      ended,
      percent,
      verdict: VERDICTS[number % VERDICTS.length],
      earned: String(percent),
      full: '100',
      groups,
    };
    return [`tierwise.sum.${course}.${id}`, JSON.stringify(note)];
  });
}
