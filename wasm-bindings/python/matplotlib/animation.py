"""Animations: each frame is drawn in the place of the one before, when the figure is shown."""

import itertools
import time


class FuncAnimation:
    """Calls func(frame) for each frame. Runs once, as the figure is shown."""

    def __init__(
        self,
        fig,
        func,
        frames=None,
        init_func=None,
        fargs=None,
        save_count=None,
        *,
        interval=200,
        repeat=True,
        blit=False,
        cache_frame_data=True,
        **kwargs,
    ):
        self.fig, self.func, self.init, self.fargs = fig, func, init_func, fargs or ()
        self.interval = interval
        self._frames, self._count = frames, save_count or 100
        fig._animation = self

    def new_frame_seq(self):
        frames = self._frames
        if frames is None:
            return iter(range(self._count))
        if isinstance(frames, int):
            return iter(range(frames))
        found = frames() if callable(frames) else iter(frames)
        return found if hasattr(frames, "__len__") else itertools.islice(found, self._count)

    def play(self, send):
        """Draw all frames, `interval` milliseconds apart."""
        if self.init is not None:
            self.init()
        for frame in self.new_frame_seq():
            began = time.monotonic()
            self.func(frame, *self.fargs)
            send()
            time.sleep(max(0.0, self.interval / 1000 - (time.monotonic() - began)))

    def save(self, filename, *args, **kwargs):
        raise NotImplementedError(
            "an animation cannot be saved here; show() plays it, or put "
            '"matplotlib" into the panel\'s packages'
        )

    to_jshtml = to_html5_video = save

    def pause(self):
        pass

    resume = pause


class ArtistAnimation(FuncAnimation):
    """Shows one list of artists after another."""

    def __init__(self, fig, artists, **kwargs):
        self._artists = artists

        def show(index):
            for i, group in enumerate(artists):
                for artist in group:
                    artist.set_visible(i == index)

        super().__init__(fig, show, frames=len(artists), **kwargs)


Animation = FuncAnimation
