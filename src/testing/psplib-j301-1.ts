/**
 * Instance 1 of parameter set 1 of the set j30 of PSPLIB (R. Kolisch and A. Sprecher, "PSPLIB – A project scheduling
 * problem library", European Journal of Operational Research 96, 1997), file j301_1.sm, without its resources: each
 * job's duration and successors, and the length of its critical path as the file states it ("MPM-Time").
 */
const JOBS: readonly (readonly [duration: number, ...successors: readonly number[]])[] = [
  [0, 2, 3, 4],
  [8, 6, 11, 15],
  [4, 7, 8, 13],
  [6, 5, 9, 10],
  [3, 20],
  [8, 30],
  [5, 27],
  [9, 12, 19, 27],
  [2, 14],
  [7, 16, 25],
  [9, 20, 26],
  [2, 14],
  [6, 17, 18],
  [3, 17],
  [9, 25],
  [10, 21, 22],
  [6, 22],
  [5, 20, 22],
  [3, 24, 29],
  [7, 23, 25],
  [2, 28],
  [7, 23],
  [2, 24],
  [3, 30],
  [3, 30],
  [7, 31],
  [8, 28],
  [3, 31],
  [7, 32],
  [2, 32],
  [2, 32],
  [0],
];

export const INSTANCE_J30_1 = {
  mpmTime: 38,
  rows: JOBS.map(
    ([duration], at) =>
      [
        String(at + 1),
        duration,
        ...JOBS.flatMap(([, ...successors], from) => (successors.includes(at + 1) ? [String(from + 1)] : [])),
      ] as const,
  ),
};
