/** Pictures of numbers as SVG inside a page: they need no script, and take the page's colours. */
package io.hindsight.driver.report.chart;
