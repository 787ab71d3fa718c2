#include "layer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112 };

dgemm_function *dgemm;

static double *zeros(size_t count) {
  size_t bytes = (count * sizeof(double) + 63) / 64 * 64;
  double *values = aligned_alloc(64, bytes);
  if (values == NULL) {
    fprintf(stderr, "no memory for %zu numbers\n", count);
    exit(1);
  }
  return memset(values, 0, bytes);
}

struct layer *layer_new(const struct cell *cell, int I, int H, int B, int T) {
  struct layer *l = malloc(sizeof *l);
  size_t GH = (size_t)cell->gates * H, TB = (size_t)T * B, BH = (size_t)B * H;
  *l = (struct layer){
      .cell = cell, .I = I, .H = H, .B = B, .T = T, .GH = (int)GH,
      .x = zeros(TB * I), .w_ih = zeros(GH * I), .w_hh = zeros(GH * H),
      .b_ih = zeros(GH), .b_hh = zeros(GH), .dy = zeros(TB * H),
      .a = zeros(TB * GH), .u = zeros(cell->separate ? TB * GH : 8),
      .h = zeros(TB * H + BH), .c = zeros(TB * H + BH), .tanh_c = zeros(TB * H),
      .dh = zeros(BH), .dc = zeros(BH),
      .dw_ih = zeros(GH * I), .dw_hh = zeros(GH * H), .db_ih = zeros(GH), .db_hh = zeros(GH)};
  return l;
}

void layer_free(struct layer *l) {
  double *arrays[] = {l->x, l->w_ih, l->w_hh, l->b_ih, l->b_hh, l->dy, l->a, l->u, l->h, l->c,
                      l->tanh_c, l->dh, l->dc, l->dw_ih, l->dw_hh, l->db_ih, l->db_hh};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
    free(arrays[i]);
  }
  free(l);
}

void layer_inputs(const struct layer *l, struct span spans[INPUTS]) {
  size_t GH = l->GH, TB = (size_t)l->T * l->B;
  struct span inputs[INPUTS] = {{l->x, TB * l->I}, {l->w_ih, GH * l->I}, {l->w_hh, GH * l->H},
                                {l->b_ih, GH},     {l->b_hh, GH},        {l->dy, TB * l->H}};
  memcpy(spans, inputs, sizeof inputs);
}

void layer_results(const struct layer *l, struct span spans[RESULTS]) {
  size_t GH = l->GH, BH = (size_t)l->B * l->H;
  struct span results[RESULTS] = {{l->h + BH, l->T * BH}, {l->dw_ih, GH * l->I},
                                  {l->dw_hh, GH * l->H},  {l->db_ih, GH},
                                  {l->db_hh, GH}};
  memcpy(spans, results, sizeof results);
}

/* c (m, n) = beta c + a (m, k) b (n, k)^T */
static void times_transpose(int m, int n, int k, const double *a, const double *b, double beta,
                            double *c) {
  dgemm(ROW_MAJOR, PLAIN, TRANSPOSED, m, n, k, 1, a, k, b, k, beta, c, n);
}

/* c (m, n) = beta c + a (m, k) b (k, n) */
static void times(int m, int n, int k, const double *a, const double *b, double beta, double *c) {
  dgemm(ROW_MAJOR, PLAIN, PLAIN, m, n, k, 1, a, k, b, n, beta, c, n);
}

/* c (m, n) = a (k, m)^T b (k, n) */
static void transpose_times(int m, int n, int k, const double *a, const double *b, double *c) {
  dgemm(ROW_MAJOR, TRANSPOSED, PLAIN, m, n, k, 1, a, m, b, n, 0, c, n);
}

void layer_forward(struct layer *l) {
  bool separate = l->cell->separate;
  double *sums = separate ? l->u : l->a;
  size_t BH = (size_t)l->B * l->H, BGH = (size_t)l->B * l->GH;
  times_transpose(l->T * l->B, l->GH, l->I, l->x, l->w_ih, 0, l->a);
  for (int t = 0; t < l->T; t++) {
    times_transpose(l->B, l->GH, l->H, l->h + t * BH, l->w_hh, separate ? 0 : 1, sums + t * BGH);
    l->cell->forward(l, t);
  }
}

void layer_backward(struct layer *l) {
  bool separate = l->cell->separate;
  const double *du = separate ? l->u : l->a;
  size_t BH = (size_t)l->B * l->H, BGH = (size_t)l->B * l->GH;
  memset(l->dh, 0, BH * sizeof(double));
  memset(l->dc, 0, BH * sizeof(double));
  memset(l->db_ih, 0, l->GH * sizeof(double));
  memset(l->db_hh, 0, l->GH * sizeof(double));
  for (int t = l->T - 1; t >= 0; t--) {
    l->cell->backward(l, t);
    if (t > 0) {
      times(l->B, l->H, l->GH, du + t * BGH, l->w_hh, separate ? 1 : 0, l->dh);
    }
  }
  transpose_times(l->GH, l->I, l->T * l->B, l->a, l->x, l->dw_ih);
  transpose_times(l->GH, l->H, l->T * l->B, du, l->h, l->dw_hh);
  if (!separate) {
    memcpy(l->db_hh, l->db_ih, l->GH * sizeof(double));
  }
}
