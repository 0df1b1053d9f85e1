/** RFC 9110 §9.2.1 */
export const isSafeMethod = (method: string) => /^(?:GET|HEAD|OPTIONS|TRACE|QUERY)$/.test(method);
