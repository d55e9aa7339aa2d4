// The hall's television: asks for its own page now and then and puts what comes into the place of what stands
// there. While the network is away, or the server answers anything else, the last page stays and a line says from
// when it is. Written for the browsers of televisions: nothing newer than 2019.
(function () {
	'use strict';
	var EVERY = 5 * 60 * 1000;
	var loaded = new Date();

	function main(page) {
		return page.querySelector('main[data-wall]');
	}

	function clock(time) {
		return ('0' + time.getHours()).slice(-2) + ':' + ('0' + time.getMinutes()).slice(-2);
	}

	function tell(isAway) {
		var line = main(document).querySelector('[data-away]');
		line.textContent = line.getAttribute('data-away').replace('{time}', clock(loaded));
		line.hidden = !isAway;
	}

	function refresh() {
		fetch(location.href, { cache: 'no-store', credentials: 'omit' })
			.then(function (answer) {
				if (!answer.ok) throw new Error(String(answer.status));
				return answer.text();
			})
			.then(function (text) {
				var fresh = new DOMParser().parseFromString(text, 'text/html');
				if (!main(fresh)) throw new Error('another page');
				// Another build has other styles: only a whole new page brings them.
				if (main(fresh).getAttribute('data-build') !== main(document).getAttribute('data-build')) {
					location.reload();
					return;
				}
				document.title = fresh.title;
				main(document).replaceWith(document.importNode(main(fresh), true));
				loaded = new Date();
			})
			.catch(function () {
				tell(true);
			});
	}

	setInterval(refresh, EVERY);
	// Back in the network: at once, not after minutes.
	window.addEventListener('online', refresh);
})();
