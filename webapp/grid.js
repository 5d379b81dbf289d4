// Where a key leads in a grid that has sections, one below the other. Pure.

/**
 * `sizes` are the cells of each section, none of them empty. The place is { section, index }; null when the key leads
 * nowhere, or out at the top.
 */
export function movedIn(sizes, columns, { section, index }, key) {
  if (key === 'ArrowRight') return along(sizes, section, index + 1);
  if (key === 'ArrowLeft') return along(sizes, section, index - 1);
  if (key === 'ArrowDown') return down(sizes, columns, section, index);
  if (key === 'ArrowUp') return up(sizes, columns, section, index);
  if (key === 'Home') return { section, index: index - (index % columns) };
  if (key === 'End') return { section, index: Math.min(sizes[section] - 1, index - (index % columns) + columns - 1) };
  return null;
}

function along(sizes, section, index) {
  if (index < 0) return section === 0 ? null : { section: section - 1, index: sizes[section - 1] - 1 };
  if (index < sizes[section]) return { section, index };
  return section + 1 < sizes.length ? { section: section + 1, index: 0 } : null;
}

function down(sizes, columns, section, index) {
  const last = sizes[section] - 1;
  const isLastRow = Math.floor(index / columns) === Math.floor(last / columns);
  if (!isLastRow) return { section, index: Math.min(index + columns, last) };
  return section + 1 < sizes.length ? { section: section + 1, index: Math.min(index % columns, sizes[section + 1] - 1) } : null;
}

function up(sizes, columns, section, index) {
  if (index >= columns) return { section, index: index - columns };
  if (section === 0) return null;
  const last = sizes[section - 1] - 1;
  return { section: section - 1, index: Math.min(last - (last % columns) + (index % columns), last) };
}
