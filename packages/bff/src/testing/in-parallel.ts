/** Does the jobs, so many at a time, each as soon as there is room; the results in the jobs' order. */
export async function inParallel<Job, Result>(
  atOnce: number,
  jobs: readonly Job[],
  work: (job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = jobs.entries();
  const worker = async () => {
    for (const [at, job] of left) results[at] = await work(job);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
