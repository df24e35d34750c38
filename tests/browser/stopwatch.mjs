// Where the time of a file of journeys goes. PLAINSIGHT_JOURNEY_TIMES=1 prints it at the end.

const spent = new Map();

/** Does the work, and remembers under this name how long it took. */
export async function timed(name, work) {
  const begin = performance.now();
  try {
    return await work();
  } finally {
    const [times, took] = spent.get(name) ?? [0, 0];
    spent.set(name, [times + 1, took + performance.now() - begin]);
  }
}

if (process.env.PLAINSIGHT_JOURNEY_TIMES === "1") {
  process.on("exit", () => {
    for (const [name, [times, took]] of spent) console.error(`${(took / 1000).toFixed(1).padStart(7)} s  ${name}, ${times} times`);
  });
}
