import type { Json, ServerError } from "../control/fault.ts";
import type { Answer } from "../control/journal.ts";

/** OpenAPI 2.6.1, error.category. */
type Category =
  | "API_ERROR"
  | "IDEMPOTENCY_ERROR"
  | "INVALID_REQUEST_ERROR"
  | "DECLINED_ERROR"
  | "UNAUTHORIZED_ERROR"
  | "INTERNAL_SERVER_ERROR";

/** OpenAPI 2.6.1, parameterError. */
export interface ParameterError {
  /** Path with dots: `amount.amount`; or a header's name. */
  readonly parameterName: string;
  readonly parameterValue: string | null;
  readonly reasonCode: "INVALID_FORMAT" | "REQUIRED_FIELD" | "INVALID_VALUE";
  readonly errorMessage: string;
}

export interface Problem {
  readonly status: number;
  /** For machines, SO_WRITTEN. */
  readonly title: string;
  readonly category: Category;
  readonly detail?: string;
  /** A path that resolves to what the problem is about. */
  readonly instance?: string;
  readonly errors?: readonly ParameterError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown inside an operation: the request is turned away and nothing is written. */
export class WireRefusal extends Error {
  readonly answer: Answer;
  constructor(problem: Problem) {
    super("turned away");
    this.answer = problemAnswer(problem);
  }
}

/** OpenAPI 2.6.1, error: RFC 7807 with category and errors. */
export function problemAnswer({ status, title, category, detail, instance, errors, headers }: Problem): Answer {
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: {
      type: "https://developer.moneris.com/moneris-api/docs/response-handling",
      title,
      status,
      detail: detail ?? null,
      instance: instance ?? null,
      category,
      errors: (errors ?? []).map((error): Json => ({ ...error })),
    },
  };
}

/** 400, naming the fields. */
export function invalid(errors: readonly ParameterError[], detail?: string): WireRefusal {
  return new WireRefusal({
    status: 400,
    title: "INVALID_REQUEST",
    category: "INVALID_REQUEST_ERROR",
    ...(detail === undefined ? {} : { detail }),
    errors,
  });
}

export function invalidValue(parameterName: string, value: Json | object, errorMessage: string): WireRefusal {
  return invalid([{ parameterName, parameterValue: told(value), reasonCode: "INVALID_VALUE", errorMessage }]);
}

/** OpenAPI 2.6.1, parameterError.parameterValue: the value as a string. */
export function told(value: Json | object): string | null {
  if (value === null || typeof value === "string") return value;
  return JSON.stringify(value);
}

/** What a replayed key gets instead of the first answer (OpenAPI 2.6.1, responses.conflict). */
export function keyConflict(): WireRefusal {
  return new WireRefusal({
    status: 409,
    title: "IDEMPOTENCY_ERROR",
    category: "IDEMPOTENCY_ERROR",
    detail: "The idempotency key has been used before.",
  });
}

export function notFound(instance: string): WireRefusal {
  return new WireRefusal({ status: 404, title: "NOT_FOUND", category: "INVALID_REQUEST_ERROR", instance });
}

/** OpenAPI 2.6.1, responses.unauthorized. */
export const unauthorized: Answer = problemAnswer({
  status: 401,
  title: "UNAUTHORIZED_REQUEST",
  category: "UNAUTHORIZED_ERROR",
  headers: { "www-authenticate": 'Bearer, error="invalid_token"' },
});

/** OpenAPI 2.6.1, responses.forbidden. */
export const forbidden: Answer = problemAnswer({
  status: 403,
  title: "FORBIDDEN_REQUEST",
  category: "UNAUTHORIZED_ERROR",
  headers: { "www-authenticate": 'Bearer, error="insufficient_scope"' },
});

/** Statuses that OpenAPI 2.6.1 has for "not your fault"; 429 is documented without a body. */
const broken: Readonly<Record<429 | 500 | 503, Problem>> = {
  429: { status: 429, title: "TOO_MANY_REQUESTS", category: "API_ERROR", headers: { "retry-after": "2" } },
  500: { status: 500, title: "INTERNAL_SERVER_ERROR", category: "INTERNAL_SERVER_ERROR" },
  503: {
    status: 503,
    title: "SERVICE_UNAVAILABLE",
    category: "INTERNAL_SERVER_ERROR",
    headers: { "retry-after": "2" },
  },
};

export function brokenAnswer(status: 429 | 500 | 503): Answer {
  return problemAnswer(broken[status]);
}

/** `API_ERROR`: "an intermittent issue". */
export const intermittent: Answer = problemAnswer({ status: 500, title: "API_ERROR", category: "API_ERROR" });

/** As a script wants it; 500 where it does not say. */
export function serverError(error: ServerError): Answer {
  const found = Object.values(broken).find(({ status, title }) => status === error.status || title === error.reason);
  return problemAnswer(found ?? broken[500]);
}

/** Why there is no such server error here, or null. */
export function serverErrorObjection({ reason, status }: ServerError): string | null {
  const all = Object.values(broken);
  const fits = all.some(
    (one) => (reason === undefined || one.title === reason) && (status === undefined || one.status === status),
  );
  return fits ? null : `Moneris' server errors are ${all.map((one) => `${one.status} ${one.title}`).join(", ")}.`;
}
