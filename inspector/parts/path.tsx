import { Fragment } from 'preact';

/** A path, which a narrow place breaks at its slashes. */
export function Path({ path }: { path: string }) {
  return (
    <>
      {path.split(/(?=\/)/).map((segment, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {segment}
        </Fragment>
      ))}
    </>
  );
}
