/* The gates of each cell: one loop over the units of a sequence forward, and one backward. */
#include "layer.h"

/* glibc has it for vectors too (libmvec); math.h says so only under -ffast-math, which would also
   let sums be reordered. */
__attribute__((simd("notinbranch"))) double exp(double x);

static inline double sigmoid(double x) {
  return 1 / (1 + exp(-x));
}

/* Faster than libmvec's tanh; its error is that of one rounding near 1. */
static inline double tangent(double x) {
  return 1 - 2 / (1 + exp(2 * x));
}

/* h_t = tanh(a + b) */
static void rnn_forward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict a = l->a + row * H, *restrict b_ih = l->b_ih, *restrict b_hh = l->b_hh;
    double *restrict h = l->h + (row + l->B) * H;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      h[j] = tangent(a[j] + b_ih[j] + b_hh[j]);
    }
  }
}

static void rnn_backward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict h = l->h + (row + l->B) * H, *restrict dy = l->dy + row * H;
    const double *restrict dh = l->dh + (size_t)b * H;
    double *restrict da = l->a + row * H, *restrict db = l->db_ih;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      da[j] = (dh[j] + dy[j]) * (1 - h[j] * h[j]);
      db[j] += da[j];
    }
  }
}

/* i, f, o = sigmoid(a + b), g = tanh(a + b); c_t = f c + i g; h_t = o tanh(c_t) */
static void lstm_forward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict b_ih = l->b_ih, *restrict b_hh = l->b_hh;
    const double *restrict before = l->c + row * H;
    double *restrict gates = l->a + row * 4 * H, *restrict h = l->h + (row + l->B) * H;
    double *restrict c = l->c + (row + l->B) * H, *restrict tanh_c = l->tanh_c + row * H;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      double i = sigmoid(gates[j] + b_ih[j] + b_hh[j]);
      double f = sigmoid(gates[H + j] + b_ih[H + j] + b_hh[H + j]);
      double g = tangent(gates[2 * H + j] + b_ih[2 * H + j] + b_hh[2 * H + j]);
      double o = sigmoid(gates[3 * H + j] + b_ih[3 * H + j] + b_hh[3 * H + j]);
      gates[j] = i;
      gates[H + j] = f;
      gates[2 * H + j] = g;
      gates[3 * H + j] = o;
      c[j] = f * before[j] + i * g;
      tanh_c[j] = tangent(c[j]);
      h[j] = o * tanh_c[j];
    }
  }
}

static void lstm_backward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict before = l->c + row * H, *restrict tanh_c = l->tanh_c + row * H;
    const double *restrict dh = l->dh + (size_t)b * H, *restrict dy = l->dy + row * H;
    double *restrict gates = l->a + row * 4 * H, *restrict dc = l->dc + (size_t)b * H;
    double *restrict db = l->db_ih;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      double i = gates[j], f = gates[H + j], g = gates[2 * H + j], o = gates[3 * H + j];
      double dh_t = dh[j] + dy[j];
      double dc_t = dc[j] + dh_t * o * (1 - tanh_c[j] * tanh_c[j]);
      double di = dc_t * g * i * (1 - i);
      double df = dc_t * before[j] * f * (1 - f);
      double dg = dc_t * i * (1 - g * g);
      double d_o = dh_t * tanh_c[j] * o * (1 - o);
      dc[j] = dc_t * f;
      gates[j] = di;
      gates[H + j] = df;
      gates[2 * H + j] = dg;
      gates[3 * H + j] = d_o;
      db[j] += di;
      db[H + j] += df;
      db[2 * H + j] += dg;
      db[3 * H + j] += d_o;
    }
  }
}

/* r, z = sigmoid(a + u + b), n = tanh(a_n + r u_n); h_t = (1 - z) n + z h; u_n keeps its bias */
static void gru_forward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict b_ih = l->b_ih, *restrict b_hh = l->b_hh;
    const double *restrict before = l->h + row * H;
    double *restrict gates = l->a + row * 3 * H, *restrict u = l->u + row * 3 * H;
    double *restrict h = l->h + (row + l->B) * H;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      double r = sigmoid(gates[j] + u[j] + b_ih[j] + b_hh[j]);
      double z = sigmoid(gates[H + j] + u[H + j] + b_ih[H + j] + b_hh[H + j]);
      double u_n = u[2 * H + j] + b_hh[2 * H + j];
      double n = tangent(gates[2 * H + j] + b_ih[2 * H + j] + r * u_n);
      gates[j] = r;
      gates[H + j] = z;
      gates[2 * H + j] = n;
      u[2 * H + j] = u_n;
      h[j] = n + z * (before[j] - n);
    }
  }
}

static void gru_backward(struct layer *l, int t) {
  int H = l->H;
  for (int b = 0; b < l->B; b++) {
    size_t row = (size_t)t * l->B + b;
    const double *restrict before = l->h + row * H, *restrict dy = l->dy + row * H;
    double *restrict gates = l->a + row * 3 * H, *restrict u = l->u + row * 3 * H;
    double *restrict dh = l->dh + (size_t)b * H;
    double *restrict db_ih = l->db_ih, *restrict db_hh = l->db_hh;
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      double r = gates[j], z = gates[H + j], n = gates[2 * H + j];
      double dh_t = dh[j] + dy[j];
      double dn = dh_t * (1 - z) * (1 - n * n);
      double dr = dn * u[2 * H + j] * r * (1 - r);
      double dz = dh_t * (before[j] - n) * z * (1 - z);
      dh[j] = dh_t * z;
      gates[j] = u[j] = dr;
      gates[H + j] = u[H + j] = dz;
      gates[2 * H + j] = dn;
      u[2 * H + j] = dn * r;
      db_ih[j] += dr;
      db_ih[H + j] += dz;
      db_ih[2 * H + j] += dn;
      db_hh[j] += dr;
      db_hh[H + j] += dz;
      db_hh[2 * H + j] += dn * r;
    }
  }
}

const struct cell RNN = {"rnn", 1, false, rnn_forward, rnn_backward};
const struct cell LSTM = {"lstm", 4, false, lstm_forward, lstm_backward};
const struct cell GRU = {"gru", 3, true, gru_forward, gru_backward};
